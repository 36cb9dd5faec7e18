import { expect } from 'vitest';
import { contract, type ContractCase } from '../contract-case.js';
import { nowOf, otherKeys, storedToken, tokenKey, type TokenStoreSubject } from './token-store-subject.js';

/** What a store promises about tokens. */
export const tokenCases: readonly ContractCase<TokenStoreSubject>[] = contract((add) => {
  add('says what kind of store it is', ({ store }) => {
    expect(store.kind).toMatch(/\S/);
  });

  add('has nothing at first', async ({ store }) => {
    expect(await store.get(tokenKey())).toBeUndefined();
  });

  add('gives back what was set, for an equal key', async (subject) => {
    const token = { ...storedToken(subject), refreshAfterTimestamp: nowOf(subject) + 1_800_000 };
    await subject.store.set(tokenKey(), token);
    expect(await subject.store.get(tokenKey())).toEqual(token);
  });

  add('keeps a token of 64 KiB', async (subject) => {
    const token = storedToken(subject, 'x'.repeat(65_536));
    await subject.store.set(tokenKey(), token);
    expect(await subject.store.get(tokenKey())).toEqual(token);
  });

  add('keeps the newer token in place of an earlier one', async (subject) => {
    await subject.store.set(tokenKey(), {
      ...storedToken(subject, 'old'),
      refreshAfterTimestamp: nowOf(subject) + 1,
    });
    const newer = storedToken(subject, 'new');
    await subject.store.set(tokenKey(), newer);
    expect(await subject.store.get(tokenKey())).toEqual(newer);
  });

  add('forgets one token, and only this one', async (subject) => {
    const [, other] = otherKeys[0] ?? [];
    if (other === undefined) throw new Error('no other key');
    await subject.store.set(tokenKey(), storedToken(subject));
    await subject.store.set(other, storedToken(subject, 'other'));
    await subject.store.delete(tokenKey());
    expect(await subject.store.get(tokenKey())).toBeUndefined();
    expect((await subject.store.get(other))?.token).toBe('other');
  });

  add('deletes what is not there without an error', async ({ store }) => {
    await expect(store.delete(tokenKey())).resolves.toBeUndefined();
  });

  add('does not give out a token that had expired when it was set', async (subject) => {
    await subject.store.set(tokenKey(), { token: 'late', expiresOnTimestamp: nowOf(subject) - 1 });
    expect(await subject.store.get(tokenKey())).toBeUndefined();
  });

  add('does not give out an earlier token after an expired one took its place', async (subject) => {
    await subject.store.set(tokenKey(), storedToken(subject));
    await subject.store.set(tokenKey(), { token: 'late', expiresOnTimestamp: nowOf(subject) - 1 });
    expect(await subject.store.get(tokenKey())).toBeUndefined();
  });

  add(
    'gives out a token until it expires, and not longer',
    async (subject) => {
      await subject.store.set(tokenKey(), storedToken(subject));
      subject.clock?.advance(3_599_999);
      expect(await subject.store.get(tokenKey())).toBeDefined();
      subject.clock?.advance(1);
      expect(await subject.store.get(tokenKey())).toBeUndefined();
    },
    ({ clock }) => clock !== undefined,
  );

  for (const [field, other] of otherKeys) {
    add(`keeps keys apart that differ in ${field}`, async (subject) => {
      await subject.store.set(tokenKey(), storedToken(subject, 'mine'));
      expect(await subject.store.get(other)).toBeUndefined();
      await subject.store.set(other, storedToken(subject, 'theirs'));
      expect((await subject.store.get(tokenKey()))?.token).toBe('mine');
      expect((await subject.store.get(other))?.token).toBe('theirs');
    });
  }

  add('keeps these keys apart from each other as well', async (subject) => {
    const { store } = subject;
    for (const [field, key] of otherKeys) await store.set(key, storedToken(subject, field));
    for (const [field, key] of otherKeys) expect((await store.get(key))?.token).toBe(field);
  });

  add('works with frozen arguments, and does not change them', async (subject) => {
    const key = tokenKey({ scopes: Object.freeze(['b', 'a']) });
    const token = Object.freeze(storedToken(subject));
    const before = JSON.stringify([key, token]);
    await subject.store.set(Object.freeze(key), token);
    await subject.store.get(key);
    await subject.store.delete(key);
    expect(JSON.stringify([key, token])).toBe(before);
  });

  add('is not reached through objects that went in or came out', async (subject) => {
    const mine = { ...storedToken(subject) };
    await subject.store.set(tokenKey(), mine);
    mine.token = 'changed outside';
    const first = await subject.store.get(tokenKey());
    expect(first?.token).toBe('token-1');
    // Writing may throw (frozen) or be lost (a copy); both are fine.
    Reflect.set(first ?? {}, 'token', 'changed outside');
    expect((await subject.store.get(tokenKey()))?.token).toBe('token-1');
  });

  add('keeps all of 50 tokens that are set at the same time', async (subject) => {
    const keys = Array.from({ length: 50 }, (_, index) => tokenKey({ scopes: [`scope-${String(index)}`] }));
    await Promise.all(keys.map((key) => subject.store.set(key, storedToken(subject, key.scopes[0]))));
    const found = await Promise.all(keys.map((key) => subject.store.get(key)));
    expect(found.map((token) => token?.token)).toEqual(keys.map(({ scopes }) => scopes[0]));
  });

  add(
    'shows a token to, and takes it from, another object over the same storage',
    async (subject) => {
      await subject.store.set(tokenKey(), storedToken(subject));
      expect((await subject.another?.get(tokenKey()))?.token).toBe('token-1');
      await subject.another?.delete(tokenKey());
      expect(await subject.store.get(tokenKey())).toBeUndefined();
    },
    ({ another }) => another !== undefined,
  );
});
