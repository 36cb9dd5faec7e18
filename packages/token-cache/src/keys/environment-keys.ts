import type { Environment } from '../file/cache-directory.js';
import type { KeySource } from '../sealing/key-source.js';
import { decodeKeys } from './key-text.js';
import { unavailableKeys } from './unavailable-keys.js';

/** The variable that {@link environmentKeys} reads. */
export const KEY_VARIABLE = 'AML_AUTH_CACHE_KEY';

/**
 * Keys in the environment variable `AML_AUTH_CACHE_KEY`: `id:base64` of 32 random bytes, several separated by commas,
 * the first seals. For fleets and builds whose secrets come that way.
 */
export function environmentKeys(env: Environment = process.env): KeySource {
  return {
    tier: 'environment',
    // eslint-disable-next-line @typescript-eslint/require-await -- failures are rejections
    async load() {
      const text = env[KEY_VARIABLE];
      if (text !== undefined && text !== '') return decodeKeys(text, KEY_VARIABLE);
      throw unavailableKeys(
        `${KEY_VARIABLE} is not set.`,
        `Set ${KEY_VARIABLE} to id:base64 of 32 random bytes.`,
      );
    },
  };
}
