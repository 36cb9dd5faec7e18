import { MACHINE_LEARNING } from '../core/arm-ids.js';
import { idFor } from '../core/ids.js';
import { isObject } from '../core/json.js';
import type { Workspace } from '../core/resource-rows.js';
import type { Store } from '../core/store.js';
import type { WorkspaceResource } from '../core/workspace-resource-rows.js';

/** A list of the data plane. */
export interface DataPlaneList {
  /** The operation of Azure RBAC that reading it is. */
  readonly action: string;
  readonly items: (store: Store, workspace: Workspace) => readonly Readonly<Record<string, unknown>>[];
}

/** The lists by the service that has them and the last segment of their path. */
export const DATA_PLANE_LISTS: Readonly<Partial<Record<string, DataPlaneList>>> = {
  'history/experiments': { action: `${MACHINE_LEARNING}/workspaces/experiments/read`, items: experiments },
  'modelmanagement/models': { action: `${MACHINE_LEARNING}/workspaces/models/read`, items: models },
};

/** The experiments that the jobs of a workspace name: `Experiment` of the run history's OpenAPI document. */
function experiments(store: Store, { id }: Workspace): readonly Readonly<Record<string, unknown>>[] {
  const oldest = new Map<string, WorkspaceResource>();
  for (const job of within(store, id, `${MACHINE_LEARNING}/workspaces/jobs`)) {
    const name = textOr(job.properties['experimentName'], 'Default');
    const known = oldest.get(name);
    if (known === undefined || job.createdAt < known.createdAt) oldest.set(name, job);
  }
  return [...oldest].map(([name, { createdAt }]) => ({
    experimentId: idFor('experiment', id, name),
    name,
    description: null,
    createdUtc: new Date(createdAt).toISOString(),
    tags: {},
    archivedTime: null,
  }));
}

/** The versions of a workspace's models: `Model` of the model management's OpenAPI document. */
function models(store: Store, { id }: Workspace): readonly Readonly<Record<string, unknown>>[] {
  return within(store, id, `${MACHINE_LEARNING}/workspaces/models/versions`).map((row) => {
    const name = row.parentId.split('/').at(-1) ?? '';
    const { properties } = row;
    return {
      id: `${name}:${row.name}`,
      name,
      // A number there; versions of Resource Manager may be words.
      version: /^\d{1,15}$/.test(row.name) ? Number(row.name) : null,
      url: textOr(properties['modelUri'], ''),
      mimeType: 'application/json',
      description: textOr(properties['description'], ''),
      kvTags: isObject(properties['tags']) ? properties['tags'] : {},
      properties: isObject(properties['properties']) ? properties['properties'] : {},
      unpack: false,
      createdTime: new Date(row.createdAt).toISOString(),
      modifiedTime: new Date(row.modifiedAt).toISOString(),
    };
  });
}

function within(store: Store, workspace: string, type: string): readonly WorkspaceResource[] {
  const start = `${workspace.toLowerCase()}/`;
  return store
    .list('workspaceResources')
    .filter((row) => row.type === type && row.id.toLowerCase().startsWith(start));
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
