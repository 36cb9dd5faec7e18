import type { AuthorizationRequest } from '../../core/sign-in-rows.js';
import { emptyAnswer } from '../../http/answer.js';
import type { Call } from '../../http/call.js';
import { entraHeaders } from '../entra-refusal.js';
import { formPostPage } from '../pages/form-post-page.js';

/** Where the answer of an authorization request goes, and in which form. */
export type Destination = Pick<AuthorizationRequest, 'redirectUri' | 'responseMode' | 'state'>;

/**
 * Sends fields to the client: in the query or the fragment of a redirect (OAuth 2.0 Multiple Response
 * Type Encoding Practices), or in a form (OAuth 2.0 Form Post Response Mode).
 */
export function answerClient(
  call: Call,
  { redirectUri, responseMode, state }: Destination,
  fields: Readonly<Record<string, string>>,
): Response {
  const all = { ...fields, ...(state === null ? {} : { state }) };
  // Headers take the URI in its ASCII form only.
  const uri = new URL(redirectUri).href;
  if (responseMode === 'form_post') return formPostPage(uri, all);
  const divider = responseMode === 'fragment' ? '#' : uri.includes('?') ? '&' : '?';
  const location = `${uri}${divider}${new URLSearchParams(all).toString()}`;
  return emptyAnswer(302, { ...entraHeaders(call), 'cache-control': 'no-store', location });
}
