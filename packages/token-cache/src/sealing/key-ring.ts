import { AmlAuthError } from '@aml-auth/core';

/** A key that seals tokens at rest: 32 random bytes and the name that sealed data carries. */
export interface SealingKey {
  /** 1 to 64 letters, digits, dots, dashes and underscores. Written in the clear beside what it seals. */
  readonly id: string;
  /** The 32 bytes of an AES-256 key. A secret. */
  readonly bytes: Uint8Array;
}

/** Sealing keys by id: the first one seals, all of them open. Prints no key. */
export interface KeyRing {
  /** The key that seals. */
  readonly current: SealingKey;
  /** Ids of all keys, the current one first. */
  readonly ids: readonly string[];
  /** The key with this id, current or older. */
  find(id: string): SealingKey | undefined;
}

/** Bytes of an AES-256 key. */
export const KEY_BYTES = 32;
const KEY_ID = /^[\w.-]{1,64}$/;

/**
 * Makes a key ring. To rotate, put a new key in front and keep the old ones until what they sealed has expired.
 *
 * @param keys - the first seals, the others only open
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where there is no key, a key is not 32 bytes, or an id is bad or used twice
 */
export function keyRing(keys: readonly SealingKey[]): KeyRing {
  const held = new Map<string, SealingKey>();
  for (const { id, bytes } of keys) {
    if (!KEY_ID.test(id)) throw badKey('A sealing key has an id that is not 1 to 64 of A-Z a-z 0-9 . _ -');
    if (bytes.length !== KEY_BYTES) {
      throw badKey(`The sealing key ${id} has ${bytes.length} bytes instead of ${KEY_BYTES}.`);
    }
    if (held.has(id)) throw badKey(`Two sealing keys have the id ${id}.`);
    held.set(id, guardedKey(id, bytes));
  }
  const [current] = held.values();
  if (current === undefined) throw badKey('There is no sealing key.');
  return { current, ids: [...held.keys()], find: (id) => held.get(id) };
}

/** A copy whose bytes neither `JSON.stringify` nor `util.inspect` walks into. */
function guardedKey(id: string, bytes: Uint8Array): SealingKey {
  const own = Uint8Array.from(bytes);
  const key = { id } as { id: string; bytes: Uint8Array };
  Object.defineProperty(key, 'bytes', { enumerable: false, get: () => own });
  return Object.freeze(key);
}

function badKey(message: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message,
    remedy: 'Give one or more keys of 32 random bytes with ids of their own, such as "2026-01".',
  });
}
