import type { ResourceIdentity, Tags } from '../../../core/resource-rows.js';
import type { Store } from '../../../core/store.js';
import type { WorkspaceResource } from '../../../core/workspace-resource-rows.js';

/** A resource as lists over all types have it. */
export interface TrackedResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Tags;
  readonly kind?: string | null;
  readonly sku?: Readonly<Record<string, unknown>> | null;
  readonly identity?: ResourceIdentity;
  /** Milliseconds since the epoch, where it is known. */
  readonly createdAt?: number;
}

/** The resources of each kind of table, as they lie in resource groups. */
const SOURCES: readonly ((store: Store) => readonly TrackedResource[])[] = [
  (store) =>
    store
      .list('workspaces')
      .map((row) => ({ ...row, type: 'Microsoft.MachineLearningServices/workspaces', sku: SKU })),
  (store) => store.list('genericResources'),
  (store) => store.list('workspaceResources').filter(isTracked).map(presentNested),
  (store) =>
    store.list('virtualMachines').map((row) => ({ ...row, type: 'Microsoft.Compute/virtualMachines' })),
  (store) =>
    store
      .list('userAssignedIdentities')
      .map((row) => ({ ...row, type: 'Microsoft.ManagedIdentity/userAssignedIdentities' })),
];

/** Endpoints are resources of their own for these lists; models, jobs and the like are not. */
function isTracked({ location, type }: WorkspaceResource): boolean {
  return location !== null && /\/workspaces\/(?:online|batch)Endpoints(?:\/|$)/.test(type);
}

function presentNested(row: WorkspaceResource): TrackedResource {
  const [, resourceGroup = ''] = /\/resourceGroups\/([^/]+)/i.exec(row.id) ?? [];
  const below = row.id.split('/').slice(row.id.split('/').indexOf('providers') + 2);
  return {
    ...row,
    // The names of all that it lies in come first.
    name: below.filter((_, index) => index % 2 === 1).join('/'),
    resourceGroup,
    location: row.location ?? '',
    identity: row.identity ?? { type: 'None', principalId: null, userAssigned: [] },
  };
}

const SKU = { name: 'Basic', tier: 'Basic' };

/** All resources that lists over all types have. */
export function trackedResources(store: Store): readonly TrackedResource[] {
  return SOURCES.flatMap((source) => source(store));
}
