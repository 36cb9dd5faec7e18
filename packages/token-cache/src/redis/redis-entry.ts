import type { StoredToken, TokenKey } from '@aml-auth/core';
import { entryAddress } from '../entry/entry-address.js';
import { openEntry, sealEntry, type OpenedEntry } from '../entry/sealed-entry.js';
import type { KeyRing } from '../sealing/key-ring.js';
import type { SealingContext } from '../sealing/seal.js';
import type { LeasePlace } from './redis-leases.js';

/** Where a token is on the server, and what its sealed form is bound to. */
export interface RedisPlace extends LeasePlace {
  readonly context: SealingContext;
}

/**
 * The names of a token's keys: `<prefix>:v1:{<partition>}:<name>`, and the same with `:lease`. What is in braces is a
 * hash tag (Redis Cluster Specification, "Hash tags"): all tokens of one identity are in one slot.
 */
export function redisPlace(prefix: string, key: TokenKey): RedisPlace {
  const { partition, name } = entryAddress(key);
  const tokenKey = `${prefix}:v1:{${partition}}:${name}`;
  return { id: name, tokenKey, leaseKey: `${tokenKey}:lease`, context: { partition, name: tokenKey } };
}

/** The sealed text for the place: base64url, which every client carries unchanged. */
export function sealText(key: TokenKey, token: StoredToken, ring: KeyRing, { context }: RedisPlace): string {
  return sealEntry({ key, token }, ring, context).toString('base64url');
}

/** Opens what {@link sealText} made. Never throws for bad data. */
export function openText(text: string, ring: KeyRing, { context }: RedisPlace, key: TokenKey): OpenedEntry {
  return openEntry(Buffer.from(text, 'base64url'), ring, context, key);
}
