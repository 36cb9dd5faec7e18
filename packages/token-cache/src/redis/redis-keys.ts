import type { Clock, Logger } from '@aml-auth/core';
import { firstKeys } from '../keys/first-keys.js';
import type { KeyRing } from '../sealing/key-ring.js';
import type { KeySource } from '../sealing/key-source.js';

/** The sealing keys of a store whose processes may be on many machines. Nothing here rejects. */
export interface RedisKeys {
  /** Undefined where no source has keys: then nothing can be shared. */
  current(): Promise<KeyRing | undefined>;
  /** Looks again, where something names a key that is not known; undefined where that brought nothing new. */
  newer(): Promise<KeyRing | undefined>;
}

/** How often sources are asked again. Milliseconds. */
const RELOAD_MS = 5_000;

/** Keys that are given, or of the first source that has some. */
export function redisKeys(
  keys: KeyRing | KeySource | readonly KeySource[],
  clock: Clock,
  logger: Logger,
): RedisKeys {
  if ('current' in keys)
    return { current: () => Promise.resolve(keys), newer: () => Promise.resolve(undefined) };
  const sources = [keys].flat();
  let ring: Promise<KeyRing | undefined> | undefined;
  let source: KeySource | undefined;
  let reloadedAt = Number.NEGATIVE_INFINITY;

  async function load(): Promise<KeyRing | undefined> {
    const { found, skipped } = await firstKeys(sources);
    source = found?.source;
    if (found === undefined) logger.warn({ event: 'token.cache.tier', tier: 'memory', skipped });
    else logger.debug({ event: 'token.cache.tier', tier: found.source.tier });
    return found?.ring;
  }

  return {
    current: () => (ring ??= load()),
    async newer() {
      if (source === undefined || clock.monotonic() - reloadedAt < RELOAD_MS) return undefined;
      reloadedAt = clock.monotonic();
      const found = await source.load().catch(() => undefined);
      if (found !== undefined) ring = Promise.resolve(found);
      return found;
    },
  };
}
