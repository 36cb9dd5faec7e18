import type { Decision } from '@aml-auth/permissions';

import { compactGuid } from '../core/ids.js';
import type { Caller } from '../entra/verify-bearer.js';
import { armRefusal } from './arm-refusal.js';
import { describeDecision } from './describe-decision.js';

/**
 * The 403 of a decision that is no yes, word for word: `AuthorizationFailed`, with a hint where a condition
 * stands in the way, and `DenyAssignmentAuthorizationFailed` where roles would allow it.
 */
export function authorizationFailed(caller: Caller, decision: Decision): Error {
  const headers = { 'x-emu-decision': describeDecision(decision) };
  const { action, scope } = decision.request;
  const client = `The client '${caller.name}' with object id '${caller.objectId}'`;
  const [denial] = decision.denials;
  if (decision.verdict === 'denied' && denial !== undefined && decision.grants.length > 0) {
    const { denyAssignmentName, id, scope: denied } = denial.denyAssignment;
    const message = `${client} has permission to perform action '${action}' on scope '${scope}'; however, the access is denied because of the deny assignment with name '${denyAssignmentName}' and Id '${compactGuid(id.split('/').at(-1) ?? '')}' at scope '${denied}'.`;
    return armRefusal(403, 'DenyAssignmentAuthorizationFailed', message, headers);
  }
  const lack = hangsOnCondition(decision)
    ? 'does not have authorization or an ABAC condition not fulfilled to perform action'
    : 'does not have authorization to perform action';
  const message = `${client} ${lack} '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  return armRefusal(403, 'AuthorizationFailed', message, headers);
}

function hangsOnCondition({ nearMisses }: Decision): boolean {
  return nearMisses.some(({ reason }) => reason === 'condition' || reason === 'conditionUnmet');
}
