import { emptyAnswer } from '../../http/answer.js';
import type { Call } from '../../http/call.js';
import { endSession } from '../sessions/sessions.js';
import { messageAnswer } from '../pages/error-answer.js';
import { isRegisteredRedirect } from './redirect-uri.js';

/**
 * `GET` or `POST /{tenant}/oauth2[/v2.0]/logout` (OpenID Connect RP-Initiated Logout). It ends the session of
 * the browser; the user goes back to an address that some application registered.
 */
export function logout(call: Call): Response {
  const response = answerOf(call);
  endSession(call, response);
  return response;
}

function answerOf(call: Call): Response {
  const fields = call.method === 'POST' ? new URLSearchParams(call.body) : call.query;
  const asked = fields.get('post_logout_redirect_uri') ?? '';
  const isRegistered = call.world.store
    .list('applications')
    .some(({ redirectUris }) => isRegisteredRedirect(redirectUris, asked));
  if (!isRegistered) {
    return messageAnswer('You signed out', "It's a good idea to close all browser windows.");
  }
  const location = new URL(asked);
  const state = fields.get('state');
  if (state !== null) location.searchParams.set('state', state);
  return emptyAnswer(302, { 'cache-control': 'no-store', location: location.href });
}
