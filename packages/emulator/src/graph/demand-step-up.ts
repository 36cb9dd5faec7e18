import { claimsChallenge } from '../entra/revocation-challenge.js';
import { contextClaims, missingContext } from '../entra/step-up.js';
import type { Call } from '../http/call.js';
import type { GraphCaller } from './authenticate-graph.js';
import type { GraphOperation } from './graph-permissions.js';
import { graphRefusal } from './graph-refusal.js';

/**
 * Holds a user's token against what Microsoft Graph wants of users for the operation (protected actions).
 *
 * @throws a refusal: 401 with a claims challenge, or 403 where the client could not handle that
 */
export function demandStepUp(call: Call, caller: GraphCaller, operation: GraphOperation): void {
  const context = missingContext(call, 'graph', caller, operation);
  if (context === undefined) return;
  const message = `The access token lacks the authentication context '${context}', which this operation needs.`;
  if (!caller.takesChallenges) throw graphRefusal(403, 'Authorization_RequestDenied', message);
  const challenge = claimsChallenge(call, contextClaims(context));
  throw graphRefusal(401, 'InvalidAuthenticationToken', message, { 'www-authenticate': challenge });
}
