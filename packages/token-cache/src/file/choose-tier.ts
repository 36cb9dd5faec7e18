import type { Logger } from '@aml-auth/core';
import { firstKeys, type SkippedTier } from '../keys/first-keys.js';
import type { Exclusive, KeySource, KeyTier } from '../sealing/key-source.js';
import { plaintextCodec, sealedCodec, type EntryCodec } from './entry-codec.js';

/** The tier in use. Without a codec tokens stay in memory. */
export interface ChosenTier {
  readonly tier: KeyTier;
  readonly codec?: EntryCodec | undefined;
  readonly source?: KeySource | undefined;
  readonly skipped: readonly SkippedTier[];
}

/** What a tier is chosen from. */
export interface TierOptions {
  readonly sources: readonly KeySource[];
  readonly exclusive: Exclusive;
  readonly unsafeAllowPlaintext: boolean;
  readonly logger: Logger;
}

/** The first source that gives keys. Never rejects: where none does, tokens stay in memory, and the log says so. */
export async function chooseTier(options: TierOptions): Promise<ChosenTier> {
  const { sources, exclusive, unsafeAllowPlaintext, logger } = options;
  const { found, skipped } = await firstKeys(sources, exclusive);
  if (found !== undefined) {
    const { ring, source } = found;
    logger.debug({ event: 'token.cache.tier', tier: source.tier });
    return { tier: source.tier, codec: sealedCodec(ring, source.tier), source, skipped };
  }
  const tier = unsafeAllowPlaintext ? 'plaintext' : 'memory';
  logger.warn({ event: 'token.cache.tier', tier, skipped });
  return { tier, skipped, codec: unsafeAllowPlaintext ? plaintextCodec() : undefined };
}
