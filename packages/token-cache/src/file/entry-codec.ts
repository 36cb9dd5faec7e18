import type { TokenKey } from '@aml-auth/core';
import { decodeEntry, encodeEntry, isEntryOf, type Entry } from '../entry/entry.js';
import { openEntry, sealEntry } from '../entry/sealed-entry.js';
import type { KeyRing } from '../sealing/key-ring.js';
import type { KeyTier } from '../sealing/key-source.js';
import type { SealingContext, UnreadableReason } from '../sealing/seal.js';

/** Why a file gives no entry. `plaintext`: it is not sealed, and this store seals. */
export type EntryProblem = UnreadableReason | 'misplaced' | 'plaintext';

/** What a file gives. */
export type DecodedEntry =
  | { readonly ok: true; readonly entry: Entry; readonly keyId: string }
  | { readonly ok: false; readonly reason: EntryProblem };

/** How entries become bytes. */
export interface EntryCodec {
  readonly tier: KeyTier;
  /** The current one first; empty for plaintext. */
  readonly keyIds: readonly string[];
  encode(entry: Entry, place: SealingContext): Buffer;
  /** Never throws for bad data. */
  decode(data: Uint8Array, place: SealingContext, key?: TokenKey): DecodedEntry;
}

/** Before entries that are not sealed. */
const PLAIN_MAGIC = Buffer.from('AMLP\x01', 'latin1');

/** Entries sealed with the keys of the ring. */
export function sealedCodec(ring: KeyRing, tier: KeyTier): EntryCodec {
  return {
    tier,
    keyIds: ring.ids,
    encode: (entry, place) => sealEntry(entry, ring, place),
    decode: (data, place, key) =>
      isPlain(data) ? { ok: false, reason: 'plaintext' } : openEntry(data, ring, place, key),
  };
}

/** Entries in the clear. Only modes and owners of files protect them. */
export function plaintextCodec(): EntryCodec {
  return {
    tier: 'plaintext',
    keyIds: [],
    encode: (entry) => Buffer.concat([PLAIN_MAGIC, encodeEntry(entry)]),
    decode(data, _place, key) {
      if (!isPlain(data)) return { ok: false, reason: 'unknown-key' };
      const entry = decodeEntry(data.subarray(PLAIN_MAGIC.length));
      if (entry === undefined) return { ok: false, reason: 'malformed' };
      if (key !== undefined && !isEntryOf(entry, key)) return { ok: false, reason: 'misplaced' };
      return { ok: true, entry, keyId: '' };
    },
  };
}

function isPlain(data: Uint8Array): boolean {
  return PLAIN_MAGIC.equals(data.subarray(0, PLAIN_MAGIC.length));
}
