import { toAmlAuthError, type Logger } from '@aml-auth/core';
import type { Exclusive, KeySource, KeyTier } from '../sealing/key-source.js';
import { plaintextCodec, sealedCodec, type EntryCodec } from './entry-codec.js';

/** A tier that could not be used, and why. */
export interface SkippedTier {
  readonly tier: KeyTier;
  readonly reason: string;
  readonly remedy?: string | undefined;
}

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
  const skipped: SkippedTier[] = [];
  for (const source of sources) {
    try {
      const codec = sealedCodec(await source.load(exclusive), source.tier);
      logger.debug({ event: 'token.cache.tier', tier: source.tier });
      return { tier: source.tier, codec, source, skipped };
    } catch (error) {
      const { message, remedy } = toAmlAuthError(error);
      skipped.push({ tier: source.tier, reason: message, remedy });
    }
  }
  const tier = unsafeAllowPlaintext ? 'plaintext' : 'memory';
  logger.warn({ event: 'token.cache.tier', tier, skipped });
  return { tier, skipped, codec: unsafeAllowPlaintext ? plaintextCodec() : undefined };
}
