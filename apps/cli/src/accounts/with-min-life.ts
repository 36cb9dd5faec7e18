import type { TokenStore } from '@aml-auth/core';

/** The store without tokens that end within `minLifeMs`: new ones are fetched in their place. */
export function withMinLife(store: TokenStore, minLifeMs: number, now: () => number = Date.now): TokenStore {
  if (minLifeMs === 0) return store;
  return {
    kind: store.kind,
    async get(key) {
      const token = await store.get(key);
      return token !== undefined && token.expiresOnTimestamp - now() >= minLifeMs ? token : undefined;
    },
    set: (key, token) => store.set(key, token),
    delete: (key) => store.delete(key),
  };
}
