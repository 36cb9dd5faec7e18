import { AmlAuthError } from '@aml-auth/core';
import { expect, it } from 'vitest';
import { formatError } from './format-error.js';

const error = new AmlAuthError({
  code: 'AML_CREDENTIAL_REJECTED',
  message: 'The secret is wrong.',
  remedy: 'Make a new one.',
  aadsts: 7000215,
  correlation: { correlationId: 'c1', traceId: 't1' },
});

it('says what happened, what to do next, and which ids support can look up', () => {
  expect(formatError(error, 'text')).toBe(
    [
      'error AML_CREDENTIAL_REJECTED (AADSTS7000215): The secret is wrong.',
      '  next: Make a new one.',
      '  ids:  correlationId c1, traceId t1',
    ].join('\n'),
  );
});

it('leaves out what is not there', () => {
  expect(formatError(new AmlAuthError({ code: 'AML_UNEXPECTED', message: 'No.' }), 'text')).toBe(
    'error AML_UNEXPECTED: No.',
  );
});

it('is one JSON object under "error" for programs', () => {
  expect(JSON.parse(formatError(error, 'json'))).toMatchObject({
    error: { code: 'AML_CREDENTIAL_REJECTED', aadsts: 7000215, retryable: false, remedy: 'Make a new one.' },
  });
});

it.each([
  [
    'Delete these assignments first (deleteRoleAssignment), then the role.',
    'aml-auth role assignment delete',
  ],
  ['Then make the same call again: it is no error.', 'run the same command again'],
  ['Give principalType Group.', '--principal-type'],
  ['Raise timeLimitMs, or send less at once.', '--time-limit'],
])('says %j in words of the command line', (remedy, words) => {
  const failure = new AmlAuthError({ code: 'AML_CONFLICT', message: 'No.', remedy });
  for (const format of ['text', 'json'] as const) {
    expect(formatError(failure, format).replaceAll('\\"', '"')).toContain(words);
    expect(formatError(failure, format)).not.toMatch(/deleteRoleAssignment|timeLimitMs|same call/);
  }
});
