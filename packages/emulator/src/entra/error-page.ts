import type { Call } from '../http/call.js';
import { AADSTS } from './aadsts.js';

/** `GET /error?code=N`: what the `error_uri` of an error leads to. */
export function errorPage(call: Call): Response {
  const code = Number(call.query.get('code')?.replace(/^AADSTS/i, ''));
  const entry = AADSTS[code];
  const [title, text] =
    entry === undefined
      ? ['Unknown error code', 'The emulator does not give an error with this code.']
      : [`AADSTS${code}`, entry.text];
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${escape(text)}</p>`;
  return new Response(html, {
    status: entry === undefined ? 404 : 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
    },
  });
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
