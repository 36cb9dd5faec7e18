import { isObject } from '../../../core/json.js';
import type { OperationResult } from '../../../core/operation-rows.js';
import type { Workspace } from '../../../core/resource-rows.js';
import { jsonAnswer } from '../../../http/answer.js';
import type { ArmContext, ArmHandler } from '../../arm-context.js';
import { startOperation } from '../../operations/start-operation.js';
import { resourceNotFound } from '../../resource-not-found.js';
import { presentWorkspace } from '../present-workspace.js';
import { linkedResource } from './linked-resource.js';
import type { Properties } from './read-properties.js';
import { storageKey } from './storage-key.js';

/** Seconds that the token of a notebook lasts. */
const NOTEBOOK_TOKEN_LIFETIME = 28_800;

/** What happens on a workspace by POST. The secrets are those of this run. */
export const workspaceActions: Readonly<Record<string, ArmHandler>> = {
  listKeys: (context) => secretAnswer(workspaceKeys(context)),
  listStorageAccountKeys: (context) => secretAnswer({ userStorageKey: storageKeyOf(context) }),
  listNotebookKeys: (context) => secretAnswer(notebookKeys(context)),
  listNotebookAccessToken: (context) => secretAnswer(notebookToken(context)),
  resyncKeys: (context) => follow(context, 'resyncKeys', { from: 'answer', status: 200 }),
  diagnose: (context) =>
    follow(context, 'diagnose', { from: 'answer', status: 200, body: { value: DIAGNOSIS } }),
  prepareNotebook: (context) =>
    follow(context, 'prepareNotebook', { from: 'answer', status: 200, body: notebookOf(context) }),
};

/** These are reads by the list of operations, although they give secrets: whoever reads the workspace may. */
export const WORKSPACE_READ_ACTIONS: readonly string[] = [
  'listNotebookKeys',
  'listNotebookAccessToken',
  'diagnose',
];

/** Nothing is wrong here. */
const DIAGNOSIS: Properties = {
  userDefinedRouteResults: [],
  networkSecurityRuleResults: [],
  resourceLockResults: [],
  dnsResolutionResults: [],
  storageAccountResults: [],
  keyVaultResults: [],
  containerRegistryResults: [],
  applicationInsightsResults: [],
  otherResults: [],
};

function workspaceKeys(context: ArmContext): Properties {
  const row = find(context);
  const { vault } = context.call.world;
  const linked = (property: Parameters<typeof linkedResource>[1]): string | undefined =>
    linkedResource(row, property);
  const insights = linked('applicationInsights');
  const registry = linked('containerRegistry');
  return {
    userStorageKey: storageKeyOf(context),
    userStorageResourceId: linked('storageAccount') ?? null,
    appInsightsInstrumentationKey: insights === undefined ? null : vault.derive('insights-key', insights),
    containerRegistryCredentials:
      registry === undefined ? null : registryCredentials(context, registry, row.location),
    notebookAccessKeys: notebookKeys(context),
  };
}

function registryCredentials({ call }: ArmContext, registry: string, location: string): Properties {
  return {
    location,
    username: registry.split('/').at(-1) ?? '',
    passwords: ['password', 'password2'].map((name) => ({
      name,
      value: call.world.vault.derive('registry-password', registry, name),
    })),
  };
}

function storageKeyOf(context: ArmContext): string | null {
  const account = linkedResource(find(context), 'storageAccount');
  return account === undefined ? null : storageKey(context.call, account);
}

function notebookKeys(context: ArmContext): Properties {
  const { id } = find(context);
  const { vault } = context.call.world;
  return {
    primaryAccessKey: vault.derive('notebook-key', id, 'primary'),
    secondaryAccessKey: vault.derive('notebook-key', id, 'secondary'),
  };
}

function notebookToken(context: ArmContext): Properties {
  const { id } = find(context);
  const { vault, clock } = context.call.world;
  const { resourceId, fqdn } = notebookOf(context);
  return {
    notebookResourceId: resourceId,
    hostName: fqdn,
    publicDns: fqdn,
    accessToken: vault.derive('notebook-token', id, context.caller.objectId, String(clock.now())),
    tokenType: 'Bearer',
    expiresIn: NOTEBOOK_TOKEN_LIFETIME,
    refreshToken: vault.derive('notebook-refresh', id, context.caller.objectId, String(clock.now())),
    scope: 'aznb_identity',
  };
}

function notebookOf(context: ArmContext): Properties {
  const { properties } = presentWorkspace(find(context), context.tenantId, context.call);
  const notebook = isObject(properties) ? properties['notebookInfo'] : undefined;
  return isObject(notebook) ? notebook : {};
}

function follow(context: ArmContext, action: string, result: OperationResult): Response {
  const row = find(context);
  return startOperation(context, {
    kind: 'workspaceOperationsStatus',
    style: 'location',
    // The workspace itself stays as it is.
    resourceId: `${row.id}/${action}`,
    location: row.location,
    runningState: 'InProgress',
    result,
  });
}

/** Nobody on the way keeps an answer with a secret. */
function secretAnswer(body: Properties): Response {
  return jsonAnswer(200, body, { 'cache-control': 'no-store' });
}

function find({ call, path }: ArmContext): Workspace {
  const row = call.world.store.get('workspaces', path.id);
  if (row !== undefined) return row;
  throw resourceNotFound(`${path.type}/${path.names[0] ?? ''}`, path.resourceGroup ?? '');
}
