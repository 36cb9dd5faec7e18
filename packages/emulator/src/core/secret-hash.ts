import { createHash, timingSafeEqual } from 'node:crypto';

import type { PasswordCredential } from './directory-rows.js';

/** How a secret is kept. The key id is the salt. */
export function hashSecret(keyId: string, secret: string): string {
  return digest(keyId, secret).toString('hex');
}

/** Whether the secret is the one behind the credential. Takes the same time for every wrong secret. */
export function matchesSecret(
  credential: Pick<PasswordCredential, 'keyId' | 'hash'>,
  secret: string,
): boolean {
  const expected = Buffer.from(credential.hash, 'hex');
  const given = digest(credential.keyId, secret);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** The key under which a code or token is kept, so that the state does not hold what could be used. */
export function tokenKey(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function digest(keyId: string, secret: string): Buffer {
  return createHash('sha256').update(keyId).update('\0').update(secret).digest();
}
