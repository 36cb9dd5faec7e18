import { inspect } from 'node:util';
import { createAccessToken } from '@aml-auth/core';
import { expect, it } from 'vitest';

const token = createAccessToken({
  token: 'top-secret',
  expiresOnTimestamp: 1000,
  refreshAfterTimestamp: 500,
});

it('carries the token and its times', () => {
  expect(token).toEqual({
    token: 'top-secret',
    expiresOnTimestamp: 1000,
    refreshAfterTimestamp: 500,
    tokenType: 'Bearer',
  });
  expect({ ...token }.token).toBe('top-secret');
});

it('does not print the token', () => {
  expect(JSON.stringify({ token })).toBe(
    '{"token":{"token":"[redacted]","expiresOnTimestamp":1000,"refreshAfterTimestamp":500,"tokenType":"Bearer"}}',
  );
  expect(inspect({ token }, { depth: 5 })).not.toContain('top-secret');
});

it('cannot be changed', () => {
  expect(Object.isFrozen(token)).toBe(true);
});
