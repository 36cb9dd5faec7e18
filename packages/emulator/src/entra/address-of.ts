import { isIP } from 'node:net';

import type { Call } from '../http/call.js';

/**
 * The address that a request is taken to come from: the first one in `X-Forwarded-For`, by which a test says
 * where its client is, or that of this machine. Nothing here is protected by it.
 */
export function addressOf(call: Call): string {
  const first = call.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '';
  return isIP(first) === 0 ? '127.0.0.1' : first;
}
