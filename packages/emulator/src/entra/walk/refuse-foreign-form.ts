import type { Call } from '../../http/call.js';
import { messageAnswer } from '../pages/error-answer.js';

/**
 * Nothing where the request is a form of one of the emulator's pages; otherwise the answer that refuses
 * it. Browsers name the page that a form comes from.
 */
export function refuseForeignForm(call: Call): Response | undefined {
  if (call.method !== 'POST') return messageAnswer('Sign in', 'Start in the application.', 405);
  const from = call.headers.get('origin');
  if (from === null || from === call.origin) return undefined;
  return messageAnswer('Sign in', 'The form comes from another site.', 403);
}
