import { ONLINE } from '../arm/providers/machine-learning/endpoints/endpoint-types.js';
import { resourceGroupId } from '../core/arm-ids.js';
import type { User } from '../core/directory-rows.js';
import { addResourceHost, blankHost, freeHostName, resourceHost } from '../core/host-rows.js';
import { addSystemIdentity } from '../core/identity-rows.js';
import type { HostKind, IdentityHost } from '../core/resource-rows.js';
import type { Store } from '../core/store.js';
import { addNew } from './add-new.js';
import type { EmulatorSeed, SeedHost } from './emulator-seed.js';
import { findCompute } from './find-compute.js';
import { findIdentity } from './find-identity.js';
import { fullUpn } from './find-principal.js';
import { findScope } from './find-scope.js';
import { invalidSeed } from './invalid-seed.js';

/** What a host of each kind is in Azure Resource Manager, below its scope. */
const RESOURCE_TYPES: Readonly<Partial<Record<HostKind, string>>> = {
  vm: 'providers/Microsoft.Compute/virtualMachines',
  'app-service': 'providers/Microsoft.Web/sites',
  'aml-online-endpoint': 'onlineEndpoints',
  arc: 'providers/Microsoft.HybridCompute/machines',
  'service-fabric': 'providers/Microsoft.ServiceFabric/clusters',
};

/** Writes the hosts of the seed, and one for every compute and online endpoint that it names none for. */
export function addHosts(store: Store, seed: EmulatorSeed): void {
  for (const host of seed.hosts ?? []) {
    const row = hostOf(store, host);
    addNew(store, 'hosts', row.name, row, `host ${row.name}`);
  }
  for (const compute of store.list('computes')) addResourceHost(store, 'aml-compute', compute);
  for (const row of store.list('workspaceResources').filter(({ type }) => type === ONLINE.type)) {
    addResourceHost(store, 'aml-online-endpoint', { ...row, location: row.location ?? '' });
  }
}

function hostOf(store: Store, seed: SeedHost): IdentityHost {
  const as = typeof seed.as === 'string' ? [seed.as] : seed.as;
  const [only = '', another] = as;
  const { kind } = seed;
  if (kind !== 'aml-compute' && kind !== 'cloud-shell') return machineOf(store, seed, kind, as);
  if (another !== undefined || seed.scope !== undefined) {
    throw invalidSeed(
      `A host of kind ${kind} stands for one ${kind === 'aml-compute' ? 'compute' : 'user'}, without a scope.`,
    );
  }
  if (kind === 'cloud-shell') {
    const { id, tenantId } = userOf(store, only);
    return { ...blankHost(seed.name ?? freeHostName(store, kind), kind, tenantId), userId: id };
  }
  const compute = findCompute(store, only);
  const userId = seed.onBehalfOf === undefined ? null : userOf(store, seed.onBehalfOf).id;
  return { ...resourceHost(store, 'aml-compute', compute, seed.name), userId };
}

function machineOf(store: Store, seed: SeedHost, kind: HostKind, as: readonly string[]): IdentityHost {
  const name = seed.name ?? freeHostName(store, kind);
  const { scope, tenantId, location } = placeOf(store, seed, as);
  const resourceId = `${scope}/${RESOURCE_TYPES[kind] ?? ''}/${name}`;
  const principalIds = as.map((identity) =>
    identity === 'system'
      ? addSystemIdentity(store, tenantId, resourceId, name)
      : findIdentity(store, tenantId, identity).principalId,
  );
  const keyFolder = seed.keyDir ?? 'auto';
  return { ...blankHost(name, kind, tenantId), resourceId, location, principalIds, keyFolder };
}

interface Place {
  readonly scope: string;
  readonly tenantId: string;
  readonly location: string;
}

/** Where the resource of a host lies: as said, else beside its first user-assigned identity, else first of all. */
function placeOf(store: Store, seed: SeedHost, as: readonly string[]): Place {
  const isEndpoint = seed.kind === 'aml-online-endpoint';
  const places = isEndpoint ? store.list('workspaces') : store.list('resourceGroups');
  const wanted = seed.scope === undefined ? placeBeside(store, as) : findScope(store, seed.scope);
  const found = places.find(({ id }) => id.toLowerCase() === wanted?.toLowerCase());
  const place = seed.scope === undefined ? (found ?? places[0]) : found;
  if (place === undefined) {
    const needed = isEndpoint ? 'workspace' : 'resource group';
    throw invalidSeed(
      seed.scope === undefined
        ? `A host of kind ${seed.kind} needs a ${needed}, and there is none.`
        : `The scope ${seed.scope} of a host of kind ${seed.kind} is not that of a ${needed}.`,
    );
  }
  const tenantId = store.get('subscriptions', place.subscriptionId)?.tenantId ?? '';
  return { scope: place.id, tenantId, location: place.location };
}

function placeBeside(store: Store, as: readonly string[]): string | undefined {
  const identity = store
    .list('userAssignedIdentities')
    .find(({ name, resourceGroup }) => as.includes(name) || as.includes(`${resourceGroup}/${name}`));
  return identity === undefined
    ? undefined
    : resourceGroupId(identity.subscriptionId, identity.resourceGroup);
}

function userOf(store: Store, upn: string): User {
  const wanted = fullUpn(upn).toLowerCase();
  const user = store.list('users').find((row) => row.userPrincipalName.toLowerCase() === wanted);
  if (user === undefined) throw invalidSeed(`There is no user ${upn}.`);
  return user;
}
