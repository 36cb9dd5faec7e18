import { plainError } from '../http/answer.js';
import type { Call } from '../http/call.js';

/**
 * Nothing where a request to the emulator's own pages and interface may go on; otherwise the answer that
 * refuses it. Requests for other host names are refused before (status 421), so that no name that is made to
 * lead here (DNS rebinding) helps a web page. Beyond that a page of another origin
 *
 * - is told by `Origin` (RFC 6454) and `Sec-Fetch-Site` (W3C, Fetch Metadata), which browsers set themselves,
 * - cannot send JSON without asking first, which is never granted: there are no CORS headers,
 * - may lead a person here by a link, since that does nothing.
 */
export function refuseForeign(call: Call): Response | undefined {
  const { headers, method } = call;
  const site = headers.get('sec-fetch-site');
  const isLink =
    method === 'GET' && call.segments.length === 1 && headers.get('sec-fetch-mode') === 'navigate';
  if (site !== null && site !== 'same-origin' && site !== 'none' && !isLink) return foreign();
  const origin = headers.get('origin');
  if (origin !== null && URL.parse(origin)?.host !== new URL(call.origin).host) return foreign();
  const isJson = /^application\/json\b/i.test(headers.get('content-type') ?? '');
  if (call.body !== '' && !isJson) {
    return plainError(415, 'UnsupportedMediaType', 'Send the body as application/json.');
  }
  if (method === 'POST' && !isJson) {
    return plainError(415, 'UnsupportedMediaType', 'Send a body, as application/json.');
  }
  return undefined;
}

function foreign(): Response {
  return plainError(403, 'ForeignOrigin', 'Pages of other origins cannot use the interface of the emulator.');
}
