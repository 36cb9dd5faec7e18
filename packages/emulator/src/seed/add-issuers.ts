import { readRsaJwk } from '../core/read-rsa-key.js';
import type { Store } from '../core/store.js';
import { addNew } from './add-new.js';
import type { SeedIssuer } from './emulator-seed.js';

/** Writes other identity providers with those of their keys that can verify a signature. */
export function addIssuers(store: Store, issuers: readonly SeedIssuer[]): void {
  for (const { issuer, keys } of issuers) {
    const usable = keys.keys.flatMap((jwk) => {
      const key = jwk['use'] === 'enc' ? undefined : readRsaJwk(jwk);
      return key === undefined ? [] : [{ ...key, kid: typeof jwk['kid'] === 'string' ? jwk['kid'] : null }];
    });
    addNew(store, 'issuers', issuer, { issuer, keys: usable }, `issuer ${issuer}`);
  }
}
