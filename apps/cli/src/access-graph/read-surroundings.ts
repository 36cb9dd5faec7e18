import { isAmlAuthError } from '@aml-auth/core';
import { parseScope, type EscalationEnvironment, type ManagedIdentityUse } from '@aml-auth/permissions';
import { getPrincipals, type AccessCollection, type Principal } from '@aml-auth/rbac';
import { parseWorkspaceId, type ResourceIdentity } from '@aml-auth/rest';
import type { CliContext } from '../context.js';
import type { OpenClients } from '../settings/open-clients.js';

/** A workspace with what runs in it, as far as the caller may read it. */
export interface WorkspaceSurroundings {
  /** Resource ids of storage account, key vault, registry and Application Insights. */
  readonly dependents: readonly string[];
  readonly environment: EscalationEnvironment;
  readonly unreadable: readonly string[];
}

const WORKSPACE = 'microsoft.machinelearningservices/workspaces';

/** Reads a workspace's dependents, and the identities of its computes and endpoints; nothing for another scope. */
export async function readWorkspace(
  { signal }: CliContext,
  { arm }: OpenClients,
  scope: string,
): Promise<WorkspaceSurroundings> {
  const unreadable: string[] = [];
  if (parseScope(scope).resourceType?.toLowerCase() !== WORKSPACE)
    return { dependents: [], environment: {}, unreadable };
  const client = arm.workspace(parseWorkspaceId(scope));
  const read = <T>(part: string, work: () => Promise<T>): Promise<T | undefined> =>
    orUnreadable(`${part} of ${scope}`, unreadable, work);
  const workspace = await read('properties', () => arm.workspaces.get(parseWorkspaceId(scope), { signal }));
  const computes = await read('computes', () => all(client.computes.list({ signal })));
  const endpoints = await read('online endpoints', () => all(client.onlineEndpoints.list({ signal })));
  const uses = new Map<string, ManagedIdentityUse>();
  for (const { id, identity } of [...(computes ?? []), ...(endpoints ?? [])])
    for (const use of identitiesIn(identity, id)) {
      const key = use.principalId.toLowerCase();
      const known = uses.get(key);
      uses.set(key, { ...use, usedBy: [...(known?.usedBy ?? []), ...use.usedBy] });
    }
  const { storageAccount, keyVault, containerRegistry, applicationInsights } = workspace?.properties ?? {};
  const named = [storageAccount, keyVault, containerRegistry, applicationInsights];
  return {
    dependents: named.filter((id): id is string => typeof id === 'string' && id !== ''),
    environment: {
      workspaces: [scope],
      identities: [...uses.values()],
      storageAccounts: typeof storageAccount === 'string' ? [storageAccount] : [],
    },
    unreadable,
  };
}

/** The names of everyone who has access, as far as the caller may read them. */
export async function readNames(
  { signal }: CliContext,
  { graph }: OpenClients,
  collection: AccessCollection,
  further: readonly string[],
): Promise<{ readonly names: ReadonlyMap<string, Principal>; readonly unreadable: readonly string[] }> {
  const { roleAssignments, eligibleAssignments = [], denyAssignments = [], memberOf = {} } = collection;
  const ids = [
    ...[...roleAssignments, ...eligibleAssignments].map(({ principalId }) => principalId),
    ...denyAssignments.flatMap((one) => [...one.principals, ...one.excludePrincipals].map(({ id }) => id)),
    ...Object.keys(memberOf),
    ...Object.values(memberOf).flat(),
    ...further,
  ];
  const unreadable: string[] = [];
  const names = await orUnreadable('names of principals', unreadable, () =>
    getPrincipals(
      graph,
      ids.filter((id) => GUID.test(id)),
      signal,
    ),
  );
  return { names: names ?? new Map<string, Principal>(), unreadable };
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function identitiesIn(identity: ResourceIdentity | undefined, usedBy: string): readonly ManagedIdentityUse[] {
  const { principalId, userAssignedIdentities = {} } = identity ?? {};
  return [
    ...(principalId === undefined ? [] : [{ principalId, usedBy: [usedBy] }]),
    ...Object.entries(userAssignedIdentities).flatMap(([resourceId, held]) =>
      held?.principalId === undefined
        ? []
        : [{ principalId: held.principalId, usedBy: [usedBy], resourceId }],
    ),
  ];
}

async function orUnreadable<T>(
  part: string,
  unreadable: string[],
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isAmlAuthError(error) || !SHOWN_WITHOUT.has(error.code)) throw error;
    unreadable.push(part);
    return undefined;
  }
}

/** A picture with a gap that is named is of more use than none. */
const SHOWN_WITHOUT: ReadonlySet<string> = new Set([
  'AML_FORBIDDEN',
  'AML_NOT_FOUND',
  'AML_REQUEST_REJECTED',
]);

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
