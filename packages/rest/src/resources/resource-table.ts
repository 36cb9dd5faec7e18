/** What an action does: `operation` may run long, `secrets` changes nothing and gives secrets. */
export type ActionKind = 'operation' | 'secrets';

/** A type of resource in a workspace. */
export interface ResourceType {
  /** The segment of its path. */
  readonly path: string;
  /** POST actions on one resource. */
  readonly actions: Readonly<Record<string, ActionKind>>;
}

/** The resource types of a workspace that have clients (Azure ML specification, 2026-09-01). */
export const RESOURCE_TYPES = {
  computes: {
    path: 'computes',
    actions: { start: 'operation', stop: 'operation', restart: 'operation', listKeys: 'secrets' },
  },
  jobs: { path: 'jobs', actions: { cancel: 'operation' } },
  datastores: { path: 'datastores', actions: { listSecrets: 'secrets' } },
  onlineEndpoints: {
    path: 'onlineEndpoints',
    actions: { listKeys: 'secrets', regenerateKeys: 'operation', token: 'secrets' },
  },
} as const;
