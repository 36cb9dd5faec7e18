import { MACHINE_LEARNING } from '../../../core/arm-ids.js';
import { resourcesIn, type WorkspaceResource } from '../../../core/workspace-resource-rows.js';
import { emptyAnswer, jsonAnswer } from '../../../http/answer.js';
import { queryValue, type Call } from '../../../http/call.js';
import { MACHINE_LEARNING_VERSIONS } from '../../api-versions.js';
import type { ArmContext, ArmType } from '../../arm-context.js';
import { listAnswer } from '../../list-answer.js';
import { mfeInvalid, mfeNotFound } from './mfe-refusal.js';
import { readProperties, type Properties } from './read-properties.js';
import { placeOf } from './resource-place.js';
import { stampResource, systemDataOf } from './stamp-resource.js';

/** What the body of a PUT says: what is shown from now on, and what is secret in it. */
export interface ReadResource {
  readonly properties: Properties;
  /** By name. Without them, those of before stay. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A type of resource that is what its creator wrote: no state, no operation that takes time. */
export interface ResourceDescription {
  /** Below `Microsoft.MachineLearningServices/workspaces/`, such as `models/versions`. */
  readonly path: string;
  /** What refusals call one of them. */
  readonly noun: string;
  /** What a name looks like. */
  readonly name: RegExp;
  /** Properties that must be there. */
  readonly required: readonly string[];
  /** Status of a PUT that makes one. */
  readonly created: 200 | 201;
  /** Takes apart what the creator wrote. Default: everything is shown. */
  readonly read?: (properties: Properties, context: ArmContext) => ReadResource;
  /** Before it is written. */
  readonly beforePut?: (context: ArmContext, row: WorkspaceResource) => void;
  /** Properties that the service adds. */
  readonly added?: (row: WorkspaceResource, context: ArmContext) => Properties;
  /** Rows that are there without having been made. */
  readonly implied?: (context: ArmContext) => readonly WorkspaceResource[];
  /** Which rows a query asks for. */
  readonly filter?: (rows: readonly WorkspaceResource[], context: ArmContext) => readonly WorkspaceResource[];
}

/** The {@link ArmType} of a description. */
export function genericResource(description: ResourceDescription): ArmType {
  const type = `${MACHINE_LEARNING}/workspaces/${description.path}`;
  const present = (row: WorkspaceResource, context: ArmContext): Properties =>
    presentResource(row, description.added?.(row, context));
  return {
    type,
    apiVersions: MACHINE_LEARNING_VERSIONS,
    list: {
      rule: 'enforced',
      handler(context) {
        const rows = allIn(context, description, type);
        const wanted = description.filter?.(rows, context) ?? rows;
        const top = Number(queryValue(context.call, '$top') ?? Number.POSITIVE_INFINITY);
        return listAnswer(
          context.call,
          wanted.slice(0, top > 0 ? top : undefined).map((row) => present(row, context)),
          '$skip',
        );
      },
    },
    get: (context) => jsonAnswer(200, present(findResource(context, description), context)),
    put(context) {
      const existing = lookUp(context, description);
      const row = readRow(context, description, existing);
      description.beforePut?.(context, row);
      context.call.world.store.put('workspaceResources', row.id, row);
      return jsonAnswer(existing === undefined ? description.created : 200, present(row, context));
    },
    delete(context) {
      const { call, path } = context;
      const existing = call.world.store.get('workspaceResources', path.id);
      if (existing !== undefined) removeWithChildren(context, existing.id);
      else if (lookUp(context, description) !== undefined) {
        throw mfeInvalid(
          `${description.noun} ${nameOf(context)} belongs to the workspace and cannot be deleted.`,
        );
      }
      return emptyAnswer(existing === undefined ? 204 : 200);
    },
  };
}

/** The row that the path names, or 404. */
export function findResource(context: ArmContext, description: ResourceDescription): WorkspaceResource {
  const row = lookUp(context, description);
  if (row !== undefined) return row;
  throw mfeNotFound(description.noun, nameOf(context));
}

/** A resource as it is shown. */
export function presentResource(row: WorkspaceResource, added: Properties = {}): Properties {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    ...(row.location === null ? {} : { location: row.location, tags: row.tags }),
    ...(row.kind === null ? {} : { kind: row.kind }),
    ...(row.sku === undefined ? {} : { sku: row.sku }),
    properties: { ...row.properties, ...added },
    systemData: systemDataOf(row),
  };
}

function lookUp(context: ArmContext, description: ResourceDescription): WorkspaceResource | undefined {
  const { call, path } = context;
  const isNamed = ({ id }: WorkspaceResource): boolean => id.toLowerCase() === path.id.toLowerCase();
  return call.world.store.get('workspaceResources', path.id) ?? description.implied?.(context).find(isNamed);
}

function allIn(
  context: ArmContext,
  { implied }: ResourceDescription,
  type: string,
): readonly WorkspaceResource[] {
  const rows = resourcesIn(context.call.world.store, context.path.scope, type);
  const taken = new Set(rows.map(({ id }) => id.toLowerCase()));
  const others = implied?.(context).filter(({ id }) => !taken.has(id.toLowerCase())) ?? [];
  return [...others, ...rows];
}

function readRow(
  context: ArmContext,
  description: ResourceDescription,
  existing: WorkspaceResource | undefined,
): WorkspaceResource {
  const { call, path } = context;
  const name = existing?.name ?? nameOf(context);
  if (!description.name.test(name)) {
    throw mfeInvalid(`The name '${name}' of the ${description.noun.toLowerCase()} is not valid.`);
  }
  const given = readProperties(context.body(), description.required);
  const { properties, secrets } = description.read?.(given, context) ?? { properties: given };
  const { id, parentId } = placeOf(context);
  return {
    ...stampResource(context, existing),
    id,
    type: path.type,
    name,
    parentId,
    location: null,
    kind: null,
    tags: {},
    identity: null,
    properties,
    sealed: secrets === undefined ? (existing?.sealed ?? {}) : sealAll(call, secrets),
    timeline: [],
  };
}

function sealAll(
  { world }: Call,
  secrets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, secret]) => [name, world.vault.seal(secret)]),
  );
}

function removeWithChildren({ call }: ArmContext, id: string): void {
  const { store } = call.world;
  for (const row of store.list('workspaceResources')) {
    if (`${row.id}/`.toLowerCase().startsWith(`${id}/`.toLowerCase()))
      store.remove('workspaceResources', row.id);
  }
}

function nameOf({ path }: ArmContext): string {
  return path.names.at(-1) ?? '';
}
