import { AmlAuthError, restateError, type AmlAuthErrorInit } from '@aml-auth/core';
import { expect, it } from 'vitest';

const init: AmlAuthErrorInit = {
  code: 'AML_FORBIDDEN',
  message: 'No.',
  remedy: 'Ask.',
  aadsts: 50076,
  armCode: 'AuthorizationFailed',
  status: 403,
  correlation: { correlationId: 'c-1' },
  suberror: 'basic_action',
  claims: '{"access_token":{}}',
  policyIds: ['p-1'],
  retryAfterMs: 5,
  attempts: [],
  steps: [{ step: 'make it', outcome: 'done', id: 'i-1' }],
  request: { method: 'GET', url: 'https://management.azure.com/x' },
  clockSkewMs: 7,
};

it('keeps every fact of an error that is said in other words', () => {
  const first = new AmlAuthError(init);
  const again = restateError(first, {});
  for (const name of Object.keys(init) as (keyof AmlAuthErrorInit)[])
    expect(again[name]).toEqual(first[name]);
  expect(again.cause).toBe(first);
  expect(again.toReport()).toContain('https://management.azure.com/x');
});

it('says what is said otherwise, and nothing else', () => {
  const first = new AmlAuthError(init);
  const again = restateError(first, { code: 'AML_TIMEOUT', message: 'Late.', remedy: 'Wait.', steps: [] });
  expect(again).toMatchObject({
    code: 'AML_TIMEOUT',
    message: 'Late.',
    remedy: 'Wait.',
    steps: [],
    status: 403,
  });
  expect(first).toMatchObject({ code: 'AML_FORBIDDEN', message: 'No.' });
});
