import { roleDefinitionGuid, type PermissionEntry, type RoleDefinition } from '@aml-auth/permissions';
import type { Catalogue, ProviderOperation } from '@aml-auth/rbac';

/** What has become of a role or an operation. */
export interface CatalogueChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly kind: 'role' | 'operation';
  readonly name: string;
  /** GUID of the role. */
  readonly id?: string;
  /** What is another now; empty unless it has changed. */
  readonly parts: readonly string[];
}

/** The changes from one catalogue to another. Order and case of patterns and scopes do not count. */
export function compareCatalogues(before: Catalogue, after: Catalogue): readonly CatalogueChange[] {
  const roles = compareItems(before.roleDefinitions, after.roleDefinitions, roleKey, roleParts);
  const operations = compareItems(before.operations, after.operations, operationKey, operationParts);
  return [
    ...roles.map(({ item: { roleName, id }, change, parts }) => {
      return { change, kind: 'role' as const, name: roleName, id: roleDefinitionGuid(id), parts };
    }),
    ...operations.map(({ item: { name }, change, parts }) => {
      return { change, kind: 'operation' as const, name, parts };
    }),
  ];
}

interface ItemChange<T> {
  readonly item: T;
  readonly change: CatalogueChange['change'];
  readonly parts: readonly string[];
}

/** Each part of an item as a text that can be compared. */
type PartsOf<T> = (item: T) => Readonly<Record<string, string>>;

function compareItems<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
  partsOf: PartsOf<T>,
): readonly ItemChange<T>[] {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const fresh = new Map(after.map((item) => [keyOf(item), item]));
  const kept = [...fresh].flatMap(([key, item]): readonly ItemChange<T>[] => {
    const earlier = old.get(key);
    if (earlier === undefined) return [{ item, change: 'added', parts: [] }];
    const was = partsOf(earlier);
    const parts = Object.entries(partsOf(item)).flatMap(([name, text]) => (was[name] === text ? [] : [name]));
    return parts.length === 0 ? [] : [{ item, change: 'changed', parts }];
  });
  const gone = [...old].flatMap(([key, item]): readonly ItemChange<T>[] =>
    fresh.has(key) ? [] : [{ item, change: 'removed', parts: [] }],
  );
  return [...kept, ...gone];
}

const roleKey = ({ id }: RoleDefinition): string => roleDefinitionGuid(id);

function roleParts(role: RoleDefinition): Readonly<Record<string, string>> {
  const { roleName, description = '', permissions, assignableScopes } = role;
  return {
    roleName,
    description,
    permissions: permissions.map(entryText).sort().join('\n'),
    assignableScopes: listText(assignableScopes),
  };
}

const operationKey = ({ name, isDataAction }: ProviderOperation): string =>
  `${isDataAction ? 'data' : 'control'} ${name.toLowerCase()}`;

const operationParts = ({ displayName = '' }: ProviderOperation): Readonly<Record<string, string>> => {
  return { displayName };
};

function entryText(entry: PermissionEntry): string {
  const { actions, notActions, dataActions, notDataActions, condition = '', conditionVersion = '' } = entry;
  const lists = [actions, notActions, dataActions, notDataActions].map(listText);
  return JSON.stringify([...lists, condition.trim(), conditionVersion]);
}

function listText(texts: readonly string[]): string {
  return JSON.stringify([...new Set(texts.map((text) => text.trim().toLowerCase()))].sort());
}
