import { createTokenEngine, type AccessToken, type Credential, type GetTokenOptions } from '@aml-auth/core';
import { credentialContract, describeCredential, type CredentialSubject } from '@aml-auth/testkit';
import { describe, expect, it } from 'vitest';
import { failures } from './failures.js';

const SECRET = 'a-very-secret-value';
const SCOPE = 'https://ml.azure.com/.default';

type GetToken = (scopes: string | readonly string[], options?: GetTokenOptions) => Promise<AccessToken>;
type Mutation = (getToken: GetToken) => Partial<Credential> & Record<string, unknown>;

/** The shortest correct credential, with a fault where one is wanted. */
function subject(mutate: Mutation = () => ({})): CredentialSubject {
  const engine = createTokenEngine({
    identity: { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' },
    acquire: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return { token: 'the-token', expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  });
  const getToken: GetToken = (scopes, options) => engine.getToken(scopes, options);
  const credential: Credential = { getToken, describe: () => ({ method: 'reference' }) };
  return { credential: { ...credential, ...mutate(getToken) }, scope: SCOPE, secrets: [SECRET] };
}

describeCredential('an engine', () => subject());

const MUTATIONS: readonly (readonly [string, Mutation, RegExp])[] = [
  ['answers null', () => ({ getToken: () => Promise.resolve(null as never) }), /bearer token/],
  [
    'counts expiry in seconds',
    (getToken) => ({
      getToken: async (scopes, options) => {
        const token = await getToken(scopes, options);
        return { ...token, expiresOnTimestamp: token.expiresOnTimestamp / 1000 };
      },
    }),
    /milliseconds/,
  ],
  [
    'prints its token',
    (getToken) => ({ getToken: async (scopes, options) => ({ ...(await getToken(scopes, options)) }) }),
    /prints neither/,
  ],
  ['shows its secret', () => ({ clientSecret: SECRET }), /prints neither/],
  ['describes its secret', () => ({ describe: () => ({ method: 'x', clientId: SECRET }) }), /says who it is/],
  ['does not say who it is', () => ({ describe: () => ({ method: '' }) }), /says who it is/],
  [
    'finds its secret',
    () => ({ findings: () => [{ what: `variable SECRET=${SECRET}`, found: true }] }),
    /explains itself/,
  ],
  ['ignores cancellation', (getToken) => ({ getToken: (scopes) => getToken(scopes) }), /cancelled before/],
  [
    'cancels everybody',
    (getToken) => {
      let shared: Promise<AccessToken> | undefined;
      return { getToken: (scopes, options) => (shared ??= getToken(scopes, options)) };
    },
    /without harm/,
  ],
  [
    'throws at once for bad scopes',
    (getToken) => ({
      getToken: (scopes, options) => {
        if (scopes.length === 0) throw new TypeError('scopes');
        return getToken(scopes, options);
      },
    }),
    /refuses the scopes ""/,
  ],
  [
    'takes any scope',
    (getToken) => ({ getToken: (_scopes, options) => getToken(SCOPE, options) }),
    /refuses the scopes/,
  ],
  [
    'sorts the scopes of its caller',
    (getToken) => ({
      getToken: (scopes, options) => getToken(Array.isArray(scopes) ? scopes.sort() : scopes, options),
    }),
    /list of scopes/,
  ],
];

describe('the contract of Credential', () => {
  it.each(MUTATIONS)('finds a credential that %s', async (_name, mutation, expected) => {
    const failed = await failures(credentialContract, () => subject(mutation));
    expect(failed).toContainEqual(expect.stringMatching(expected));
  });
});
