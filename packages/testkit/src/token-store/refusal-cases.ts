import type { StoredRefusal, TokenStore } from '@aml-auth/core';
import { expect } from 'vitest';
import { contract, type ContractCase } from '../contract-case.js';
import { nowOf, otherKeys, storedToken, tokenKey, type TokenStoreSubject } from './token-store-subject.js';

const LIFE_MS = 10_000;

function refusalOf(subject: TokenStoreSubject, message = 'refused'): StoredRefusal {
  return {
    error: {
      code: 'AML_CREDENTIAL_REJECTED',
      message,
      status: 401,
      aadsts: 7_000_215,
      correlation: { traceId: 'trace' },
    },
    expiresOnTimestamp: nowOf(subject) + LIFE_MS,
  };
}

const get = (
  store: TokenStore | undefined,
  key = tokenKey(),
): Promise<StoredRefusal | undefined> | undefined => store?.getRefusal?.(key);

/** What a store that tells others of refusals promises about them. */
export const refusalCases: readonly ContractCase<TokenStoreSubject>[] = contract((add) => {
  add('is not there at first', async ({ store }) => {
    expect(await get(store)).toBeUndefined();
  });

  add('is given back as it was set, to another object too', async (subject) => {
    const { store, another = store } = subject;
    const refusal = refusalOf(subject);
    await store.setRefusal?.(tokenKey(), refusal);
    expect(await get(store)).toEqual(refusal);
    expect(await get(another)).toEqual(refusal);
  });

  add('takes the place of an earlier one', async (subject) => {
    await subject.store.setRefusal?.(tokenKey(), refusalOf(subject, 'first'));
    await subject.store.setRefusal?.(tokenKey(), refusalOf(subject, 'second'));
    expect((await get(subject.store))?.error.message).toBe('second');
  });

  for (const [field, other] of otherKeys) {
    add(`does not concern a key that differs in ${field}`, async (subject) => {
      await subject.store.setRefusal?.(tokenKey(), refusalOf(subject));
      expect(await get(subject.store, other)).toBeUndefined();
    });
  }

  add('leaves the token alone, and is left alone by it', async (subject) => {
    const { store } = subject;
    await store.set(tokenKey(), storedToken(subject));
    await store.setRefusal?.(tokenKey(), refusalOf(subject));
    expect((await store.get(tokenKey()))?.token).toBe('token-1');
    await store.delete(tokenKey());
    expect((await get(store))?.error.message).toBe('refused');
  });

  add('is not given out when its time was over before', async (subject) => {
    const refusal = { ...refusalOf(subject), expiresOnTimestamp: nowOf(subject) - 1 };
    await subject.store.setRefusal?.(tokenKey(), refusal);
    expect(await get(subject.store)).toBeUndefined();
  });

  add(
    'is given out until its time is over, and not longer',
    async (subject) => {
      await subject.store.setRefusal?.(tokenKey(), refusalOf(subject));
      subject.clock?.advance(LIFE_MS - 1);
      expect(await get(subject.store)).toBeDefined();
      subject.clock?.advance(1);
      expect(await get(subject.store)).toBeUndefined();
    },
    ({ clock }) => clock !== undefined,
  );
});
