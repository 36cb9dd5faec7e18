import { inspect } from 'node:util';
import type { AccessToken, AmlAuthErrorCode } from '@aml-auth/core';
import { explain, formatExplanation, isAmlAuthError } from '@aml-auth/core';
import { expect } from 'vitest';
import { contract, type ContractCase } from '../contract-case.js';
import type { CredentialSubject } from './credential-subject.js';

const YEAR_MS = 365 * 24 * 3_600_000;
const BAD_SCOPES: readonly (string | readonly string[])[] = [
  '',
  [],
  [''],
  'a b',
  'a\r\nb',
  'a%0ab',
  'a\u202eb',
  ['a', ' '],
];

/** What a credential promises. */
export const credentialContract: readonly ContractCase<CredentialSubject>[] = contract((add) => {
  add('gives a bearer token with its expiry in milliseconds since the epoch', async (subject) => {
    expectToken(subject, await subject.credential.getToken(subject.scope));
  });

  add('takes a list with one scope as well', async (subject) => {
    expectToken(subject, await subject.credential.getToken([subject.scope]));
  });

  add('leaves the list of scopes and the options as they are', async ({ credential, scope }) => {
    // Twice: sorting a frozen list of one would go unnoticed.
    const scopes = Object.freeze([scope, scope]) as string[];
    await credential.getToken(scopes, Object.freeze({}));
    expect(scopes).toEqual([scope, scope]);
  });

  add('serves callers at the same time', async (subject) => {
    const tokens = await Promise.all([1, 2, 3].map(() => subject.credential.getToken(subject.scope)));
    for (const token of tokens) expectToken(subject, token);
  });

  for (const scopes of BAD_SCOPES) {
    add(`refuses the scopes ${JSON.stringify(scopes)} by a rejection`, ({ credential }) =>
      expectCode('AML_CONFIG_INVALID', () => credential.getToken(scopes)),
    );
  }

  add('is cancelled before it begins', async (subject) => {
    const { credential, scope } = subject;
    await expectCode('AML_CANCELLED', () => credential.getToken(scope, { abortSignal: AbortSignal.abort() }));
    expectToken(subject, await credential.getToken(scope));
  });

  add('is cancelled on the way, and works afterwards', async (subject) => {
    const { credential, scope } = subject;
    const controller = new AbortController();
    const pending = credential.getToken(scope, { abortSignal: controller.signal });
    controller.abort();
    await expectCode('AML_CANCELLED', () => pending);
    expectToken(subject, await credential.getToken(scope));
  });

  add('lets one caller leave without harm to the other', async (subject) => {
    const { credential, scope } = subject;
    const controller = new AbortController();
    const leaving = credential.getToken(scope, { abortSignal: controller.signal });
    const staying = credential.getToken(scope);
    controller.abort();
    await expectCode('AML_CANCELLED', () => leaving);
    expectToken(subject, await staying);
  });

  add('says who it is, the same each time and without a secret', ({ credential, secrets }) => {
    const description = credential.describe();
    expect(description.method).toMatch(/^[a-zA-Z]\S*$/);
    expect(credential.describe()).toEqual(description);
    expectHidden(description, secrets);
  });

  add('prints neither a secret nor a token', async ({ credential, scope, secrets }) => {
    expectHidden(credential, secrets);
    const token = await credential.getToken(scope);
    expectHidden(credential, [...secrets, token.token]);
    expectHidden(token, [...secrets, token.token]);
    expectHidden({ nested: [token] }, [...secrets, token.token]);
  });

  add('explains itself in JSON without a secret or a token', async ({ credential, scope, secrets }) => {
    const explanation = await explain(credential, scope);
    expect(explanation).toMatchObject({ version: 1, scopes: [scope], record: { outcome: 'token' } });
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
    const { token } = await credential.getToken(scope);
    expectHidden(explanation, [...secrets, token]);
    expectHidden(formatExplanation(explanation), [...secrets, token]);
  });

  add(
    'puts neither a secret nor the scope of another call into an error',
    async ({ credential, secrets }) => {
      const error: unknown = await credential.getToken('not a scope').catch((caught: unknown) => caught);
      expectHidden(error, secrets);
    },
  );
});

function expectToken(subject: CredentialSubject, token: AccessToken): void {
  const now = subject.now?.() ?? Date.now();
  expect(token).not.toBeNull();
  expect(token.tokenType).toBe('Bearer');
  expect(token.token).toMatch(/^[\x21-\x7e]+$/);
  expect(token.expiresOnTimestamp).toBeGreaterThan(now);
  // A time in seconds, or in microseconds, is far outside.
  expect(token.expiresOnTimestamp).toBeLessThan(now + YEAR_MS);
  if (token.refreshAfterTimestamp !== undefined) {
    expect(token.refreshAfterTimestamp).toBeGreaterThan(now - YEAR_MS);
    expect(token.refreshAfterTimestamp).toBeLessThanOrEqual(token.expiresOnTimestamp);
  }
}

async function expectCode(code: AmlAuthErrorCode, call: () => Promise<unknown>): Promise<void> {
  const pending = call();
  const outcome: unknown = await pending.then(
    () => 'no error',
    (error: unknown) => error,
  );
  if (!isAmlAuthError(outcome)) throw new Error(`Expected ${code}, got ${inspect(outcome)}`);
  expect(outcome.code).toBe(code);
}

function expectHidden(value: unknown, secrets: readonly string[]): void {
  const printed = [
    JSON.stringify(value),
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
    String(value),
  ].join('\n');
  for (const secret of secrets) expect(printed.includes(secret), 'a secret is printed').toBe(false);
}
