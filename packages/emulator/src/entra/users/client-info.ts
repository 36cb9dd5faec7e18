import type { User } from '../../core/directory-rows.js';

/** `client_info`: MSAL's key of the account. */
export function clientInfo(user: User): string {
  return Buffer.from(JSON.stringify({ uid: user.id, utid: user.tenantId })).toString('base64url');
}
