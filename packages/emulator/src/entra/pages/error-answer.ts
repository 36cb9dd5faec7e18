import type { Call } from '../../http/call.js';
import { entraHeaders, type EntraErrorBody } from '../entra-refusal.js';
import { html } from './html.js';
import { page } from './page.js';

/** An error that a person sees, because there is no place to send it to. */
export function errorAnswer(call: Call, body: EntraErrorBody): Response {
  return page({
    title: 'Sign in: something went wrong',
    status: 400,
    headers: {
      ...entraHeaders(call),
      'x-ms-error-code': /^AADSTS\d+/.exec(body.error_description)?.[0] ?? '',
    },
    body: html`<p role="alert">${body.error_description}</p>`,
  });
}

/** A message that ends a walk through the pages. */
export function messageAnswer(title: string, text: string, status = 200): Response {
  return page({ title, status, body: html`<p role="${status < 400 ? 'status' : 'alert'}">${text}</p>` });
}
