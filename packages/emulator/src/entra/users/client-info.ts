import type { User } from '../../core/tables.js';

/** `client_info`: MSAL's key of the account. */
export function clientInfo(user: User): string {
  return Buffer.from(JSON.stringify({ uid: user.id, utid: user.tenantId })).toString('base64url');
}
