import { builtins } from './builtins.js';

/**
 * A one-way fingerprint of what proves an identity. It goes into cache keys, so that a token is
 * never served to a holder of another secret; 128 bits are enough to tell them apart and, with the
 * identity hashed in, say nothing about the secret across identities.
 */
export function fingerprint(kind: string, ...parts: readonly string[]): string {
  const digest = builtins.crypto
    .createHash('sha256')
    .update(JSON.stringify(['aml-auth', kind, ...parts]))
    .digest();
  return digest.subarray(0, 16).toString('base64url');
}
