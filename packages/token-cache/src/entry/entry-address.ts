import { tokenKeyId, type TokenKey } from '@aml-auth/core';
import type { SealingContext } from '../sealing/seal.js';
import { builtins } from '../lib/builtins.js';

/**
 * Where the entry of a token is kept, as two hashes (SHA-256, hexadecimal: safe where case does not count).
 * All tokens of one identity share the partition, so that they can be dropped together.
 */
export function entryAddress(key: TokenKey): SealingContext {
  const { authorityHost, tenantId, clientId, fingerprint } = key;
  return {
    partition: hash(JSON.stringify([authorityHost, tenantId, clientId, fingerprint])),
    name: hash(tokenKeyId(key)),
  };
}

function hash(text: string): string {
  return builtins.crypto.createHash('sha256').update(text).digest('hex');
}
