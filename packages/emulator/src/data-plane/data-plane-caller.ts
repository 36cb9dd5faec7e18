import { accessOf } from '../arm/access.js';
import { describeDecision } from '../arm/describe-decision.js';
import { inCircumstances } from '../arm/in-circumstances.js';
import { traceDecision } from '../arm/trace-decision.js';
import { subscriptionOf } from '../core/arm-ids.js';
import type { Workspace } from '../core/resource-rows.js';
import { verifyBearer, type Caller, type VerifiedBearer } from '../entra/verify-bearer.js';
import type { Call } from '../http/call.js';
import { dataPlaneRefusal } from './data-plane-refusal.js';

/**
 * Who asks the data plane. Its documentation has clients send the token that they have for Azure Resource Manager;
 * one for https://ml.azure.com is taken as well.
 *
 * @throws a refusal: 401
 */
export async function authenticateDataPlane(call: Call): Promise<Caller> {
  const arm = await verifyBearer(call, 'arm');
  const bearer: VerifiedBearer =
    'problem' in arm && arm.problem === 'wrongAudience' ? await verifyBearer(call, 'machineLearning') : arm;
  if ('caller' in bearer) return bearer.caller;
  throw dataPlaneRefusal(401, 'Unauthorized', `The bearer token is not valid: ${bearer.problem}.`, {
    'www-authenticate': `Bearer authorization_uri="${call.faces.login}/common"`,
  });
}

/**
 * Checks that the caller may read what lies in a workspace.
 *
 * @returns why, for the header `x-emu-decision`
 * @throws a refusal: 403, and 401 for a token of another tenant
 */
export function authorizeDataPlane(call: Call, caller: Caller, workspace: Workspace, action: string): string {
  const { store } = call.world;
  const subscription = store.get('subscriptions', subscriptionOf(workspace.id) ?? '');
  if (subscription?.tenantId !== caller.tenantId)
    throw dataPlaneRefusal(401, 'Unauthorized', 'The bearer token is of another tenant.');
  const access = inCircumstances(accessOf(store, caller.tenantId), call);
  const decision = access.decide(caller.objectId, action, workspace.id);
  call.trace.rbac = traceDecision(caller, decision);
  if (decision.verdict === 'allowed') return describeDecision(decision);
  throw dataPlaneRefusal(
    403,
    'AuthorizationFailed',
    `The client '${caller.name}' with object id '${caller.objectId}' may not perform '${action}' at '${workspace.id}'.`,
    { 'x-emu-decision': describeDecision(decision) },
  );
}
