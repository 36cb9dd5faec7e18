import { asText } from '../../../../core/json.js';
import { mergeChange } from '../../../../core/operation-rows.js';
import { newKey } from '../../../../core/vault.js';
import type { WorkspaceResource } from '../../../../core/workspace-resource-rows.js';
import { jsonAnswer } from '../../../../http/answer.js';
import { issueEndpointToken } from '../../../../inference/endpoint-token.js';
import type { ArmContext } from '../../../arm-context.js';
import { requireIdle } from '../../../operations/operation-state.js';
import { startOperation } from '../../../operations/start-operation.js';
import { mfeInvalid } from '../mfe-refusal.js';

/** `POST {endpoint}/listKeys`. */
export function listEndpointKeys(context: ArmContext, row: WorkspaceResource): Response {
  requireMode(row, ['Key', 'KeyAndAAD'], 'keys');
  const open = (name: string): string | null => context.call.world.vault.open(row.sealed[name] ?? '') ?? null;
  return jsonAnswer(200, { primaryKey: open('primary'), secondaryKey: open('secondary') });
}

/** `POST {endpoint}/regenerateKeys`, long-running: a new key, or the one in the body, for one of the two. */
export function regenerateEndpointKeys(context: ArmContext, row: WorkspaceResource): Response {
  requireMode(row, ['Key', 'KeyAndAAD'], 'keys');
  const body = context.body();
  const which = asText(body['keyType'])?.toLowerCase();
  if (which !== 'primary' && which !== 'secondary') {
    throw mfeInvalid('The request is invalid: keyType must be Primary or Secondary.');
  }
  const { store, vault } = context.call.world;
  // The end of an operation writes both keys: a second one beside it would bring the first one's old key back.
  requireIdle(store, row.id);
  const sealed = { ...row.sealed, [which]: vault.seal(asText(body['keyValue']) ?? newKey()) };
  return startOperation(context, {
    kind: 'mfeOperationsStatus',
    style: 'location',
    resourceId: row.id,
    location: row.location ?? '',
    runningState: 'Updating',
    result: { from: 'answer', status: 200 },
    onSuccess: [mergeChange('workspaceResources', row.id, { sealed })],
  });
}

/** `POST {endpoint}/token`: a token that opens the endpoint for an hour. */
export async function endpointToken(context: ArmContext, row: WorkspaceResource): Promise<Response> {
  requireMode(row, ['AMLToken'], 'tokens');
  const { accessToken, expiresAt, refreshAt } = await issueEndpointToken(context.call, row, context.caller);
  return jsonAnswer(
    200,
    { accessToken, tokenType: 'Bearer', expiryTimeUtc: expiresAt, refreshAfterTimeUtc: refreshAt },
    { 'cache-control': 'no-store' },
  );
}

function requireMode(row: WorkspaceResource, modes: readonly string[], what: string): void {
  const authMode = String(row.properties['authMode']);
  if (modes.includes(authMode)) return;
  throw mfeInvalid(`The endpoint ${row.name} has authMode ${authMode}: it has no ${what}.`);
}
