import type { Caller } from '../entra/verify-bearer.js';
import { armRefusal } from './arm-refusal.js';
import { printableAscii } from './describe-decision.js';

/** 403 `LinkedAuthorizationFailed`: the right is there for the request, but not for something that it refers to. */
export function linkedAuthorizationFailed(
  caller: Caller,
  held: { readonly action: string; readonly scope: string },
  action: string,
  linked: readonly string[],
): Error {
  const message = `The client '${caller.name}' with object id '${caller.objectId}' has permission to perform action '${held.action}' on scope '${held.scope}'; however, it does not have permission to perform action '${action}' on the linked scope(s) '${linked.join(',')}' or the linked scope(s) are invalid.`;
  const decision = `deny; action=${action}; linked-scopes=${linked.join(',')}`;
  return armRefusal(403, 'LinkedAuthorizationFailed', message, {
    'x-emu-decision': printableAscii(decision),
  });
}
