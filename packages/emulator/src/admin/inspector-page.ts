import { plainError } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { inspectorFile } from '../inspector-files.js';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Nothing from elsewhere, nothing inline, nobody around it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** `/_emu/` and the files of the page. */
export function inspectorPage(call: Call): Response {
  if (call.method !== 'GET' && call.method !== 'HEAD') {
    return plainError(405, 'MethodNotAllowed', 'Use GET.', { allow: 'GET, HEAD' });
  }
  const [, name = 'index.html', ...more] = call.segments;
  const text = more.length === 0 ? inspectorFile(name) : undefined;
  if (text === undefined) return plainError(404, 'NotFound', 'The emulator has nothing at this path.');
  return new Response(text, {
    headers: {
      'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    },
  });
}
