import { createHash, timingSafeEqual } from 'node:crypto';

import { accessOf } from '../arm/access.js';
import { describeDecision } from '../arm/describe-decision.js';
import { inCircumstances } from '../arm/in-circumstances.js';
import { traceDecision } from '../arm/trace-decision.js';
import { subscriptionOf } from '../core/arm-ids.js';
import type { WorkspaceResource } from '../core/workspace-resource-rows.js';
import { verifyBearer } from '../entra/verify-bearer.js';
import { Refusal } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { opensEndpoint } from './endpoint-token.js';

const SCORE = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action';

/**
 * Checks what a caller of an endpoint proves itself with, as the endpoint's `authMode` asks: one of its keys, a
 * token that Azure Machine Learning made for it, or an Entra token with the right to score.
 *
 * @returns why it is let in, for the header `x-emu-decision`
 * @throws a refusal: 401 or 403, in plain text
 */
export async function authorizeScoring(call: Call, endpoint: WorkspaceResource): Promise<string> {
  const mode = String(endpoint.properties['authMode']);
  const token = /^bearer\s+(\S+)$/i.exec(call.headers.get('authorization')?.trim() ?? '')?.[1];
  if (mode === 'AADToken') return authorizeByRole(call, endpoint);
  if (token === undefined)
    throw refusal(401, `${mode === 'Key' ? 'key' : 'token'}_auth_bad_header_forbidden`);
  if (mode === 'Key') {
    const name = ['primary', 'secondary'].find((key) => isKey(call, endpoint.sealed[key], token));
    if (name === undefined) throw refusal(401, 'key_auth_access_denied');
    return `allow; ${name} key of the endpoint`;
  }
  if (!(await opensEndpoint(call, endpoint, token))) throw refusal(401, 'token_auth_access_denied');
  return 'allow; token of Azure Machine Learning for the endpoint';
}

/** A token for https://ml.azure.com from the tenant of the workspace, whose bearer may score. */
async function authorizeByRole(call: Call, endpoint: WorkspaceResource): Promise<string> {
  const { store } = call.world;
  const bearer = await verifyBearer(call, 'machineLearning');
  if ('problem' in bearer) throw refusal(401, `Microsoft Entra token is not valid: ${bearer.problem}`);
  const { tenantId, objectId } = bearer.caller;
  const subscription = store.get('subscriptions', subscriptionOf(endpoint.id) ?? '');
  if (subscription?.tenantId !== tenantId) throw refusal(401, 'Microsoft Entra token is of another tenant');
  const decision = inCircumstances(accessOf(store, tenantId), call).decide(objectId, SCORE, endpoint.id);
  call.trace.rbac = traceDecision(bearer.caller, decision);
  if (decision.verdict === 'allowed') return describeDecision(decision);
  throw refusal(
    403,
    'Microsoft Entra Token denied by policy, please review https://learn.microsoft.com/en-us/azure/machine-learning/how-to-authenticate-online-endpoint',
    describeDecision(decision),
  );
}

function isKey({ world }: Call, sealed: string | undefined, given: string): boolean {
  const key = sealed === undefined ? undefined : world.vault.open(sealed);
  return key !== undefined && timingSafeEqual(digest(key), digest(given));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Endpoints refuse in plain text. */
export function refusal(status: number, text: string, decision = `deny; ${text}`): Refusal {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-emu-decision': decision };
  return new Refusal(() => new Response(text, { status, headers }));
}
