import { isIP } from 'node:net';

import type { Call } from '../http/call.js';

/** The address that a request is taken to come from; see {@link forwardedAddress}. */
export function addressOf(call: Call): string {
  return forwardedAddress(call.headers.get('x-forwarded-for') ?? '');
}

/**
 * The first address in `X-Forwarded-For`, by which a test says where its client is; without one, that of this
 * machine. Nothing here is protected by it.
 */
export function forwardedAddress(header: string): string {
  const first = header.split(',')[0]?.trim() ?? '';
  return isIP(first) === 0 ? '127.0.0.1' : first;
}
