import { inspect } from 'node:util';
import { isAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import { expect } from 'vitest';

/** The typed error that a call ends with, whether it throws or rejects. Anything else fails the test. */
export async function failureOf(call: () => unknown): Promise<AmlAuthError> {
  let outcome: unknown;
  try {
    await call();
    outcome = 'no error';
  } catch (error) {
    outcome = error;
  }
  if (!isAmlAuthError(outcome)) throw new Error(`Expected a typed error, got ${inspect(outcome)}`);
  expectPrintable(outcome);
  return outcome;
}

/** Of bearable length, and nothing in it that could take over a terminal or reorder text on it. */
export function expectPrintable(error: AmlAuthError, secrets: readonly string[] = []): void {
  for (const text of [error.message, error.remedy ?? '', JSON.stringify(error), inspect(error)]) {
    expect(text.length).toBeLessThan(6_000);
    // eslint-disable-next-line no-control-regex -- control characters are what must be gone
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/);
    for (const secret of secrets) expect(text.includes(secret)).toBe(false);
  }
}
