import type { Store } from '../core/store.js';
import type { Tables } from '../core/tables.js';
import { presentApplication } from './resources/present-application.js';
import { presentGroup } from './resources/present-group.js';
import { presentServicePrincipal } from './resources/present-service-principal.js';
import { presentUser, USER_DEFAULTS } from './resources/present-user.js';

/** An object as Microsoft Graph shows it. */
export type GraphObject = Readonly<Record<string, unknown>>;

/** A kind of directory object. */
export interface ObjectKind {
  /** In `types` of getByIds, and after `#microsoft.graph.` in `@odata.type`. */
  readonly name: 'user' | 'group' | 'application' | 'servicePrincipal';
  /** Segment of the path and of `@odata.context`. */
  readonly collection: string;
  /** What answers hold without `$select`; undefined for everything. */
  readonly defaults: readonly string[] | undefined;
  list(store: Store, tenantId: string): readonly GraphObject[];
  get(store: Store, tenantId: string, id: string): GraphObject | undefined;
}

export const USERS: ObjectKind = kind('user', 'users', presentUser, USER_DEFAULTS);
export const GROUPS: ObjectKind = kind('group', 'groups', presentGroup);
export const APPLICATIONS: ObjectKind = kind('application', 'applications', presentApplication);
export const SERVICE_PRINCIPALS: ObjectKind = kind(
  'servicePrincipal',
  'servicePrincipals',
  presentServicePrincipal,
);

/** Every kind. */
export const OBJECT_KINDS: readonly ObjectKind[] = [USERS, GROUPS, APPLICATIONS, SERVICE_PRINCIPALS];

/** The object with that id, of whichever kind, with its `@odata.type`. */
export function findObject(store: Store, tenantId: string, id: string): GraphObject | undefined {
  for (const entry of OBJECT_KINDS) {
    const object = entry.get(store, tenantId, id);
    if (object !== undefined) return withType(entry, object);
  }
  return undefined;
}

/** The objects with those ids, as far as they exist. */
export function findObjects(store: Store, tenantId: string, ids: readonly string[]): readonly GraphObject[] {
  return ids
    .map((id) => findObject(store, tenantId, id))
    .filter((object): object is GraphObject => object !== undefined);
}

/** The object with its `@odata.type`, which lists of several kinds need. */
export function withType({ name, defaults }: ObjectKind, object: GraphObject): GraphObject {
  const shown = defaults === undefined ? object : pick(object, defaults);
  return { '@odata.type': `#microsoft.graph.${name}`, ...shown };
}

/** The object with those properties only. */
export function pick(object: GraphObject, names: readonly string[]): GraphObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)));
}

type DirectoryTable = 'users' | 'groups' | 'applications' | 'servicePrincipals';

function kind<T extends DirectoryTable>(
  name: ObjectKind['name'],
  table: T,
  present: (row: Tables[T], store: Store) => GraphObject,
  defaults?: readonly string[],
): ObjectKind {
  return {
    name,
    collection: table,
    defaults,
    list: (store, tenantId) =>
      store
        .list(table)
        .filter((row) => row.tenantId === tenantId)
        .map((row) => present(row, store)),
    get(store, tenantId, id) {
      const row = store.get(table, id);
      return row?.tenantId === tenantId ? present(row, store) : undefined;
    },
  };
}
