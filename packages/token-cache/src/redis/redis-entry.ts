import { tokenKeyId, type StoredRefusal, type StoredToken, type TokenKey } from '@aml-auth/core';
import { entryAddress } from '../entry/entry-address.js';
import { openEntry, sealEntry, type OpenedEntry } from '../entry/sealed-entry.js';
import type { KeyRing } from '../sealing/key-ring.js';
import { seal, unseal, type SealingContext } from '../sealing/seal.js';
import type { LeasePlace } from './redis-leases.js';

/** Where a token is on the server, and what its sealed form is bound to. */
export interface RedisPlace extends LeasePlace {
  readonly context: SealingContext;
  readonly refusalKey: string;
}

/**
 * The names of a token's keys: `<prefix>:v1:{<partition>}:<name>`, and the same with `:lease` and `:refused`. What is in braces is a
 * hash tag (Redis Cluster Specification, "Hash tags"): all tokens of one identity are in one slot.
 */
export function redisPlace(prefix: string, key: TokenKey): RedisPlace {
  const { partition, name } = entryAddress(key);
  const tokenKey = `${prefix}:v1:{${partition}}:${name}`;
  return {
    id: name,
    tokenKey,
    leaseKey: `${tokenKey}:lease`,
    refusalKey: `${tokenKey}:refused`,
    context: { partition, name: tokenKey },
  };
}

/** The sealed text for the place: base64url, which every client carries unchanged. */
export function sealText(key: TokenKey, token: StoredToken, ring: KeyRing, { context }: RedisPlace): string {
  return sealEntry({ key, token }, ring, context).toString('base64url');
}

/** Opens what {@link sealText} made. Never throws for bad data. */
export function openText(text: string, ring: KeyRing, { context }: RedisPlace, key: TokenKey): OpenedEntry {
  return openEntry(Buffer.from(text, 'base64url'), ring, context, key);
}

/** A refusal, sealed as tokens are: its text names tenants and clients. */
export function sealRefusal(key: TokenKey, refusal: StoredRefusal, ring: KeyRing, place: RedisPlace): string {
  const text = JSON.stringify({ id: tokenKeyId(key), refusal });
  return seal(Buffer.from(text, 'utf8'), ring.current, refusalContext(place)).toString('base64url');
}

/** Opens what {@link sealRefusal} made; undefined for anything else. Never throws. */
export function openRefusal(
  text: string,
  ring: KeyRing,
  place: RedisPlace,
  key: TokenKey,
): StoredRefusal | undefined {
  const opened = unseal(Buffer.from(text, 'base64url'), ring, refusalContext(place));
  if (!opened.ok) return undefined;
  try {
    const { id, refusal } = JSON.parse(opened.plaintext.toString('utf8')) as {
      readonly id: string;
      readonly refusal: StoredRefusal;
    };
    return id === tokenKeyId(key) && typeof refusal.error === 'object' ? refusal : undefined;
  } catch {
    return undefined;
  }
}

function refusalContext({ context, refusalKey }: RedisPlace): SealingContext {
  return { partition: context.partition, name: refusalKey };
}
