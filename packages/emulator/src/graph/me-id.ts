import type { GraphContext } from './graph-context.js';
import { badRequest } from './graph-refusal.js';

/**
 * Object id of the signed-in user.
 *
 * @throws a refusal: 400 where an application asks for itself
 */
export function meId({ caller }: GraphContext): string {
  if (caller.kind === 'User') return caller.objectId;
  throw badRequest('/me request is only valid with delegated authentication flow.');
}
