import { toAmlAuthError } from '@aml-auth/core';
import type { KeyRing } from '../sealing/key-ring.js';
import type { Exclusive, KeySource, KeyTier } from '../sealing/key-source.js';

/** A tier that could not be used, and why. */
export interface SkippedTier {
  /** Where the keys would have been. */
  readonly tier: KeyTier;
  /** Why it could not be used, in a sentence. */
  readonly reason: string;
  /** What would make it usable, in a sentence. */
  readonly remedy?: string | undefined;
}

/** The keys of the first source that has some, and why better ones were passed over. */
export interface FirstKeys {
  readonly found?: { readonly ring: KeyRing; readonly source: KeySource } | undefined;
  readonly skipped: readonly SkippedTier[];
}

/** Asks one source after the other. Never rejects. */
export async function firstKeys(sources: readonly KeySource[], exclusive?: Exclusive): Promise<FirstKeys> {
  const skipped: SkippedTier[] = [];
  for (const source of sources) {
    try {
      return { found: { ring: await source.load(exclusive), source }, skipped };
    } catch (error) {
      const { message, remedy } = toAmlAuthError(error);
      skipped.push({ tier: source.tier, reason: message, remedy });
    }
  }
  return { skipped };
}
