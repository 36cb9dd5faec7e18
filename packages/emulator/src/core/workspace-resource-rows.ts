import type { ResourceIdentity, Tags } from './resource-rows.js';
import type { Store } from './store.js';
import type { Timeline } from './timeline.js';

/** Who made and last changed a resource of a workspace; times in milliseconds since the epoch. */
export interface ResourceStamp {
  readonly createdAt: number;
  /** User principal name, client id, or `seed`. */
  readonly createdBy: string;
  readonly createdByType: 'User' | 'Application';
  /** Object id of the creator; null for the seed. */
  readonly creatorId: string | null;
  readonly modifiedAt: number;
  readonly modifiedBy: string;
  readonly modifiedByType: 'User' | 'Application';
}

/** A resource inside a workspace other than a compute: a datastore, an endpoint, a job, a model and so on. */
export interface WorkspaceResource extends ResourceStamp {
  readonly id: string;
  /** Such as `Microsoft.MachineLearningServices/workspaces/models/versions`. */
  readonly type: string;
  readonly name: string;
  /** The resource that it lies in: the workspace, or a container of the workspace. */
  readonly parentId: string;
  /** Null for types that have none. */
  readonly location: string | null;
  readonly kind: string | null;
  /** How many machines it has and the like; types without one have none. */
  readonly sku?: Readonly<Record<string, unknown>>;
  readonly tags: Tags;
  readonly identity: ResourceIdentity | null;
  /** As they are shown; nothing secret. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Secrets by name, sealed by the vault of the run. */
  readonly sealed: Readonly<Record<string, string>>;
  /** What it goes through; types without a state have none. */
  readonly timeline: Timeline;
}

/** A type of resource of workspaces, spelled as in {@link WorkspaceResource.type}. */
export function resourcesIn(store: Store, parentId: string, type: string): readonly WorkspaceResource[] {
  const parent = parentId.toLowerCase();
  return store
    .list('workspaceResources')
    .filter((row) => row.type === type && row.parentId.toLowerCase() === parent);
}

/** Who `seed` is. */
export function seedStamp(now: number): ResourceStamp {
  return {
    createdAt: now,
    createdBy: 'seed',
    createdByType: 'Application',
    creatorId: null,
    modifiedAt: now,
    modifiedBy: 'seed',
    modifiedByType: 'Application',
  };
}
