import { claimsChallenge } from '../entra/revocation-challenge.js';
import { contextClaims, missingContext } from '../entra/step-up.js';
import type { ArmContext, ArmType } from './arm-context.js';
import { armRefusal } from './arm-refusal.js';
import { operationOf } from './authorize.js';

/**
 * Holds a user's token against what Azure wants of users for the operation.
 *
 * @throws a refusal: 401 with a claims challenge, or 403 where the client could not handle that
 */
export function demandStepUp({ call, caller, path }: ArmContext, type: ArmType | undefined): void {
  const operation = operationOf(call, path, type);
  const context = missingContext(call, 'arm', caller, operation);
  if (context === undefined) return;
  const message = `The access token lacks the authentication context '${context}', which '${operation}' needs. Sign in again with the claims of the challenge.`;
  if (!caller.takesChallenges) throw armRefusal(403, 'RequestDisallowedByAzure', message);
  const challenge = claimsChallenge(call, contextClaims(context));
  throw armRefusal(401, 'InvalidAuthenticationToken', message, { 'www-authenticate': challenge });
}
