import type { Call } from '../http/call.js';
import { AADSTS } from './aadsts.js';
import { html } from './pages/html.js';
import { page } from './pages/page.js';

/** `GET /error?code=N`: what the `error_uri` of an error leads to. */
export function errorPage(call: Call): Response {
  const code = Number(call.query.get('code')?.replace(/^AADSTS/i, ''));
  const entry = AADSTS[code];
  return entry === undefined
    ? page({
        title: 'Unknown error code',
        status: 404,
        body: html`<p>The emulator does not give an error with this code.</p>`,
      })
    : page({ title: `AADSTS${code}`, body: html`<p>${entry.text}</p>` });
}
