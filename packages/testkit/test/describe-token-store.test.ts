import {
  tokenKeyId,
  type StoredRefusal,
  type StoredToken,
  type TokenKey,
  type TokenStore,
} from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { describeTokenStore, tokenStoreContract, type TokenStoreSubject } from '@aml-auth/testkit';
import { describe, expect, it } from 'vitest';
import { failures } from './failures.js';

type Mutation = (store: Readonly<TokenStore>, tokens: Map<string, StoredToken>) => Partial<TokenStore>;

/** The shortest correct store without leases, with a fault where one is wanted. */
function subject(mutate: Mutation = () => ({}), clock = manualClock()): TokenStoreSubject {
  const tokens = new Map<string, StoredToken>();
  const store: TokenStore = {
    kind: 'reference',
    get(key) {
      const token = tokens.get(tokenKeyId(key));
      const valid = token !== undefined && token.expiresOnTimestamp > clock.now();
      return Promise.resolve(valid ? { ...token } : undefined);
    },
    set(key, token) {
      tokens.set(tokenKeyId(key), { ...token });
      return Promise.resolve();
    },
    delete(key) {
      tokens.delete(tokenKeyId(key));
      return Promise.resolve();
    },
  };
  return { store: { ...store, ...mutate({ ...store }, tokens) }, clock };
}

describeTokenStore('a store without leases', (clock) => subject(undefined, clock));

/** Refusals as they should be kept, under the name that `idOf` gives. */
function withRefusals(
  now: () => number,
  idOf: (key: TokenKey) => string = tokenKeyId,
): Pick<TokenStore, 'getRefusal' | 'setRefusal'> {
  const refusals = new Map<string, StoredRefusal>();
  return {
    getRefusal(key) {
      const refusal = refusals.get(idOf(key));
      return Promise.resolve(refusal && refusal.expiresOnTimestamp > now() ? refusal : undefined);
    },
    setRefusal: (key, refusal) => Promise.resolve(void refusals.set(idOf(key), structuredClone(refusal))),
  };
}

describeTokenStore('a store with refusals', (clock) => subject(() => withRefusals(() => clock.now()), clock));

const lease = { release: () => Promise.resolve() };
const withoutField = (key: TokenKey, field: keyof TokenKey): TokenKey => ({ ...key, [field]: '' });

const MUTATIONS: readonly (readonly [string, Mutation, RegExp])[] = [
  ['has no kind', () => ({ kind: '' }), /what kind/],
  [
    'ignores expiry',
    (_, tokens) => ({ get: (key) => Promise.resolve(tokens.get(tokenKeyId(key))) }),
    /expire/,
  ],
  [
    'keeps the first token',
    ({ get, set }) => ({ set: async (key, token) => ((await get(key)) ? undefined : set(key, token)) }),
    /newer token/,
  ],
  [
    'merges tokens',
    ({ get, set }) => ({ set: async (key, token) => set(key, { ...(await get(key)), ...token }) }),
    /newer token/,
  ],
  [
    'deletes all',
    (_, tokens) => ({ delete: () => Promise.resolve().then(() => tokens.clear()) }),
    /only this one/,
  ],
  ['deletes nothing', () => ({ delete: () => Promise.resolve() }), /forgets one token/],
  [
    'throws for what is not there',
    () => ({ delete: () => Promise.reject(new Error('ENOENT')) }),
    /not there/,
  ],
  [
    'shares objects',
    (_, tokens) => ({ set: (key, token) => Promise.resolve(void tokens.set(tokenKeyId(key), token)) }),
    /not reached/,
  ],
  ['sorts in place', ({ get }) => ({ get: (key) => ((key.scopes as string[]).sort(), get(key)) }), /frozen/],
  ...(['authorityHost', 'tenantId', 'clientId', 'fingerprint', 'claims', 'enableCae'] as const).map(
    (field): readonly [string, Mutation, RegExp] => [
      `leaves ${field} out of the key`,
      ({ get, set }) => ({
        get: (key) => get(withoutField(key, field)),
        set: (key, token) => set(withoutField(key, field), token),
      }),
      new RegExp(`^keeps keys apart that differ in ${field}$`),
    ],
  ),
  [
    'joins scopes with a blank',
    ({ get, set }) => {
      const joined = (key: TokenKey): TokenKey => ({ ...key, scopes: [key.scopes.join(' ')] });
      return { get: (key) => get(joined(key)), set: (key, token) => set(joined(key), token) };
    },
    /apart from each other/,
  ],
  ['gives every lease', () => ({ acquireLease: () => Promise.resolve(lease) }), /one holder at a time/],
  ['gives no lease', () => ({ acquireLease: () => Promise.resolve(undefined) }), /lease/],
  [
    'has one lease for all keys',
    () => {
      let taken = false;
      return {
        acquireLease: () => {
          const free = !taken;
          taken = true;
          return Promise.resolve(free ? lease : undefined);
        },
      };
    },
    /leases for keys that differ/,
  ],
  [
    'gives a lease to aborted callers',
    () => {
      const taken = new Set<string>();
      return {
        acquireLease: (key) => {
          const id = tokenKeyId(key);
          if (taken.has(id)) return Promise.resolve(undefined);
          taken.add(id);
          return Promise.resolve({ release: () => Promise.resolve(void taken.delete(id)) });
        },
      };
    },
    /aborted before/,
  ],
  ['gives refusals without end', () => withRefusals(() => 0), /refusal: .*not longer/],
  [
    'has one refusal for all keys',
    () =>
      withRefusals(
        () => 0,
        () => '',
      ),
    /refusal: does not concern a key that differs in fingerprint/,
  ],
  [
    'forgets all refusals',
    () => ({ getRefusal: () => Promise.resolve(undefined), setRefusal: () => Promise.resolve() }),
    /refusal: is given back/,
  ],
];

describe('the contract of TokenStore', () => {
  it.each(MUTATIONS)('finds a store that %s', async (_name, mutation, expected) => {
    const failed = await failures(tokenStoreContract, () => subject(mutation));
    expect(failed).toContainEqual(expect.stringMatching(expected));
  });
});
