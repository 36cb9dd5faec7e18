import { AmlAuthError } from '@aml-auth/core';
import { KEY_BYTES, keyRing, type KeyRing, type SealingKey } from '../sealing/key-ring.js';
import { builtins } from '../lib/builtins.js';

/** Older keys that stay on a ring when a new one comes. Windows keeps at most 2,560 bytes in one credential. */
const OLDER_KEYS = 2;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** A new random key with a random id. */
export function newSealingKey(): SealingKey {
  return {
    id: builtins.crypto.randomBytes(6).toString('hex'),
    bytes: builtins.crypto.randomBytes(KEY_BYTES),
  };
}

/** The ring with a new key in front of the newest of its keys. */
export function withNewKey(ring: KeyRing): KeyRing {
  const kept = ring.ids.slice(0, OLDER_KEYS).flatMap((id) => ring.find(id) ?? []);
  return keyRing([newSealingKey(), ...kept]);
}

/** Keys as one line: `id:base64url`, the current one first, separated by commas. */
export function encodeKeys(ring: KeyRing): string {
  return ring.ids
    .flatMap((id) => ring.find(id) ?? [])
    .map(({ id, bytes }) => `${id}:${Buffer.from(bytes).toString('base64url')}`)
    .join(',');
}

/**
 * The keys of such a line.
 *
 * @param from - where the line comes from, for messages; the line itself is never shown
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function decodeKeys(text: string, from: string): KeyRing {
  const keys = text
    .trim()
    .split(',')
    .map((part): SealingKey => {
      const [id, value, ...rest] = part.trim().split(':');
      if (id === undefined || value === undefined || rest.length > 0 || !BASE64.test(value))
        throw badKeys(from);
      return { id, bytes: Buffer.from(value, 'base64') };
    });
  return keyRing(keys);
}

function badKeys(from: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${from} does not hold sealing keys as id:base64, separated by commas.`,
    remedy: "Make one with: node -p \"'k1:'+crypto.randomBytes(32).toString('base64url')\"",
  });
}
