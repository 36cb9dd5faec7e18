import type { Decision } from '@aml-auth/permissions';

import type { RbacTrace } from '../core/call-trace.js';
import type { Caller } from '../entra/verify-bearer.js';

/** What the record of requests keeps of a decision. */
export function traceDecision(caller: Caller, decision: Decision): RbacTrace {
  const { verdict, request, grants, denials, nearMisses } = decision;
  const about = {
    action: request.action,
    scope: request.scope,
    tenantId: caller.tenantId,
    principalId: caller.objectId,
    principalType: caller.kind === 'User' ? 'User' : 'ServicePrincipal',
  } as const;
  const [grant] = grants;
  if (verdict === 'allowed' && grant !== undefined) {
    const { role, assignment, through } = grant;
    return { verdict: 'allowed', ...about, role: role.roleName, assignment: assignment.id, through };
  }
  const [denial] = denials;
  if (verdict === 'denied' && denial !== undefined) {
    return { verdict: 'refused', ...about, denyAssignment: denial.denyAssignment.denyAssignmentName };
  }
  const [nearest] = nearMisses;
  return {
    verdict: 'refused',
    ...about,
    ...(nearest?.role === undefined ? {} : { role: nearest.role.roleName }),
    ...(nearest === undefined ? {} : { reason: nearest.reason }),
  };
}
