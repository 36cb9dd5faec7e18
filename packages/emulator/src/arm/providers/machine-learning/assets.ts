import { MACHINE_LEARNING } from '../../../core/arm-ids.js';
import { resourcesIn, type WorkspaceResource } from '../../../core/workspace-resource-rows.js';
import { queryValue } from '../../../http/call.js';
import type { ArmContext, ArmType } from '../../arm-context.js';
import { genericResource } from './generic-resource.js';
import { mfeInvalid } from './mfe-refusal.js';
import type { Properties } from './read-properties.js';
import { placeOf } from './resource-place.js';
import { stampResource } from './stamp-resource.js';

/** A kind of asset: a container with versions in it. */
interface AssetKind {
  /** In paths, such as `models`. */
  readonly path: string;
  readonly noun: string;
  /** Properties that a container must have, and that a version hands on to the container it makes. */
  readonly container: readonly string[];
  /** Properties that a version must have. */
  readonly version: readonly string[];
}

const KINDS: readonly AssetKind[] = [
  { path: 'models', noun: 'Model', container: [], version: ['modelUri'] },
  { path: 'data', noun: 'Data', container: ['dataType'], version: ['dataType', 'dataUri'] },
  { path: 'environments', noun: 'Environment', container: [], version: [] },
  { path: 'components', noun: 'Component', container: [], version: ['componentSpec'] },
  { path: 'codes', noun: 'Code', container: [], version: ['codeUri'] },
];

const NAME = /^[a-z\d][\w-]{0,254}$/i;
const VERSION = /^[a-z\d][\w.-]{0,254}$/i;

/** Models, data, environments, components and codes, with their versions. */
export const assets: readonly ArmType[] = KINDS.flatMap((kind) => [container(kind), version(kind)]);

function container(kind: AssetKind): ArmType {
  return genericResource({
    path: kind.path,
    noun: `${kind.noun} container`,
    name: NAME,
    required: kind.container,
    created: 201,
    filter: (rows, context) => wantedBy(context, rows),
    added: (row, context) => ({
      isArchived: row.properties['isArchived'] ?? false,
      ...versionsOf(context, kind, row.id),
    }),
  });
}

function version(kind: AssetKind): ArmType {
  return genericResource({
    path: `${kind.path}/versions`,
    noun: kind.noun,
    name: VERSION,
    required: kind.version,
    created: 201,
    filter: (rows, context) => ordered(context, wantedBy(context, rows)),
    added: ({ properties }) => ({
      isArchived: properties['isArchived'] ?? false,
      isAnonymous: properties['isAnonymous'] ?? false,
    }),
    beforePut: (context, row) => addContainer(context, kind, row),
  });
}

/** A version makes the container around it, where there is none. */
function addContainer(context: ArmContext, kind: AssetKind, row: WorkspaceResource): void {
  const { store } = context.call.world;
  if (store.get('workspaceResources', row.parentId) !== undefined) return;
  const name = row.parentId.split('/').at(-1) ?? '';
  if (!NAME.test(name))
    throw mfeInvalid(`The name '${name}' of the ${kind.noun.toLowerCase()} container is not valid.`);
  const handedOn = kind.container.map((name) => [name, row.properties[name]]);
  store.put('workspaceResources', row.parentId, {
    ...row,
    ...stampResource(context, undefined),
    id: row.parentId,
    type: `${MACHINE_LEARNING}/workspaces/${kind.path}`,
    name,
    parentId: placeOf(context).workspace.id,
    properties: Object.fromEntries(handedOn) as Properties,
  });
}

function versionsOf({ call }: ArmContext, kind: AssetKind, id: string): Properties {
  const names = resourcesIn(call.world.store, id, `${MACHINE_LEARNING}/workspaces/${kind.path}/versions`).map(
    ({ name }) => name,
  );
  const numbers = names.map(Number).filter(Number.isSafeInteger);
  return { latestVersion: names.at(-1) ?? null, nextVersion: String(Math.max(0, ...numbers) + 1) };
}

/** `listViewType`: what is archived is left out unless it is asked for. */
export function wantedBy(
  { call }: ArmContext,
  rows: readonly WorkspaceResource[],
): readonly WorkspaceResource[] {
  const view = queryValue(call, 'listViewType')?.toLowerCase() ?? 'activeonly';
  if (view === 'all') return rows;
  return rows.filter(({ properties }) => (properties['isArchived'] === true) === (view === 'archivedonly'));
}

/** `$orderBy` of versions: `createdtime` or `modifiedtime`, with `asc` or `desc`. Newest first by default. */
function ordered({ call }: ArmContext, rows: readonly WorkspaceResource[]): readonly WorkspaceResource[] {
  const [by = '', direction = 'desc'] = (queryValue(call, '$orderBy') ?? '').toLowerCase().split(' ');
  const time = by === 'modifiedtime' ? 'modifiedAt' : 'createdAt';
  // Sorting is stable: what was made in the same millisecond stays in its order.
  const sorted = [...rows].sort((one, other) => one[time] - other[time]);
  return direction === 'asc' ? sorted : sorted.reverse();
}
