import { AmlAuthError, type AmlAuthErrorCode } from '@aml-auth/core';
import { expect, it } from 'vitest';
import { exitCodeOf } from './exit-code.js';

it.each<[AmlAuthErrorCode, number]>([
  ['AML_UNEXPECTED', 1],
  ['AML_CONFIG_INVALID', 2],
  ['AML_NOT_CONFIGURED', 4],
  ['AML_CREDENTIAL_REJECTED', 4],
  ['AML_INTERACTION_REQUIRED', 4],
  ['AML_FORBIDDEN', 5],
  ['AML_NOT_FOUND', 6],
  ['AML_THROTTLED', 7],
  ['AML_NETWORK', 7],
  ['AML_TIMEOUT', 7],
  ['AML_CANCELLED', 130],
])('%s ends the program with %i', (code, expected) => {
  expect(exitCodeOf(new AmlAuthError({ code, message: '' }))).toBe(expected);
});
