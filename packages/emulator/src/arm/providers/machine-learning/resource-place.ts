import type { Workspace } from '../../../core/resource-rows.js';
import type { ArmContext } from '../../arm-context.js';

/** Where the resource of a path lies. */
export interface ResourcePlace {
  readonly workspace: Workspace;
  /** The resource around it, as it was made: the workspace, or a container in it. */
  readonly parentId: string;
  /** The id of the resource, in the spelling of those around it. */
  readonly id: string;
}

/** The {@link ResourcePlace} of a request below a workspace, which is there. */
export function placeOf({ call, path }: ArmContext): ResourcePlace {
  const { store } = call.world;
  const [workspaceId = ''] = /^.*?\/workspaces\/[^/]+/i.exec(path.id) ?? [];
  const workspace = store.get('workspaces', workspaceId);
  if (workspace === undefined) throw new Error(`There is no workspace at ${path.id}.`);
  // The type has the provider and `workspaces` before the types of what lies in it.
  const types = path.type.split('/').slice(2);
  let parentId = workspace.id;
  let id = workspace.id;
  for (const [index, name] of path.names.slice(1).entries()) {
    parentId = id;
    const wanted = `${id}/${types[index] ?? ''}/${name}`;
    id = store.get('workspaceResources', wanted)?.id ?? store.get('computes', wanted)?.id ?? wanted;
  }
  return { workspace, parentId, id };
}
