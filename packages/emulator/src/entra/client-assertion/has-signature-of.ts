import { compactVerify } from 'jose';

import type { RsaPublicKey } from '../../core/directory-rows.js';

/** The algorithms of assertions. Microsoft documents PS256 for certificates and RS256 for other issuers. */
export const ASSERTION_ALGORITHMS: readonly string[] = ['RS256', 'PS256'];

/** Whether the token was signed with that key (RFC 7515, section 5.2). */
export async function hasSignatureOf(jwt: string, key: RsaPublicKey): Promise<boolean> {
  try {
    await compactVerify(jwt, { ...key }, { algorithms: [...ASSERTION_ALGORITHMS] });
    return true;
  } catch {
    return false;
  }
}
