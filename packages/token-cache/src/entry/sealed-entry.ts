import type { TokenKey } from '@aml-auth/core';
import type { KeyRing } from '../sealing/key-ring.js';
import { seal, unseal, type SealingContext, type UnreadableReason } from '../sealing/seal.js';
import { decodeEntry, encodeEntry, isEntryOf, type Entry } from './entry.js';

/** What {@link openEntry} gives. `misplaced`: it opened, and is for another key than the place says. */
export type OpenedEntry =
  | { readonly ok: true; readonly entry: Entry; readonly keyId: string }
  | { readonly ok: false; readonly reason: UnreadableReason | 'misplaced' };

/** Seals an entry for its place with the current key. */
export function sealEntry(entry: Entry, ring: KeyRing, place: SealingContext): Buffer {
  const plaintext = encodeEntry(entry);
  try {
    return seal(plaintext, ring.current, place);
  } finally {
    plaintext.fill(0);
  }
}

/**
 * Opens a sealed entry. Never throws for bad data.
 *
 * @param key - what the entry must be for; without it, any
 */
export function openEntry(
  data: Uint8Array,
  ring: KeyRing,
  place: SealingContext,
  key?: TokenKey,
): OpenedEntry {
  const opened = unseal(data, ring, place);
  if (!opened.ok) return opened;
  const entry = decodeEntry(opened.plaintext);
  opened.plaintext.fill(0);
  if (entry === undefined) return { ok: false, reason: 'malformed' };
  if (key !== undefined && !isEntryOf(entry, key)) return { ok: false, reason: 'misplaced' };
  return { ok: true, entry, keyId: opened.keyId };
}
