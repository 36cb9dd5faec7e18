import { parseScope, type AccessSnapshot, type Scope } from '@aml-auth/permissions';
import type { GraphScope } from './graph-data.js';

/** The scopes and those above them, each after its parent, siblings by name. What is no scope is left out. */
export function scopeTree(ids: readonly string[], parents: AccessSnapshot['parents']): readonly GraphScope[] {
  const above = new Map(
    Object.entries(parents ?? {}).map(([child, parent]) => [child.toLowerCase(), parent]),
  );
  const found = new Map<string, Scope>();
  const open = new Set(ids);
  for (const id of open) {
    const scope = parsed(id);
    if (scope === undefined) continue;
    const key = scope.id.toLowerCase();
    if (!found.has(key)) found.set(key, scope);
    const next = parentOf(scope, above);
    if (next !== undefined && !found.has(next.toLowerCase())) open.add(next);
  }
  const children = new Map<string | undefined, string[]>();
  for (const [key, scope] of found) {
    const next = parentOf(scope, above)?.toLowerCase();
    const parent = next !== undefined && found.has(next) ? next : undefined;
    children.set(parent, [...(children.get(parent) ?? []), key]);
  }
  const tree: GraphScope[] = [];
  const seen = new Set<string>();
  const visit = (parent: string | undefined, depth: number): void => {
    for (const key of (children.get(parent) ?? []).toSorted(byText)) {
      const scope = found.get(key);
      // Management groups of a collection that was edited may go round in circles.
      if (scope === undefined || seen.has(key)) continue;
      seen.add(key);
      tree.push(shown(key, scope, parent, depth));
      visit(key, depth + 1);
    }
  };
  visit(undefined, 0);
  return [
    ...tree,
    ...[...found].flatMap(([key, scope]) => (seen.has(key) ? [] : [shown(key, scope, undefined, 0)])),
  ];
}

function shown(key: string, scope: Scope, parent: string | undefined, depth: number): GraphScope {
  const type = scope.resourceType?.split('/').slice(1).join('/');
  return {
    id: key,
    path: scope.id,
    level: scope.level,
    name: scope.resourceName ?? scope.resourceGroup ?? scope.subscriptionId ?? scope.managementGroup ?? '/',
    ...(type === undefined ? {} : { type }),
    ...(parent === undefined ? {} : { parent }),
    depth,
  };
}

function parentOf(scope: Scope, above: ReadonlyMap<string, string>): string | undefined {
  const { level, id, topResourceId, subscriptionId, resourceGroup } = scope;
  const known = above.get(id.toLowerCase());
  if (known !== undefined) return known;
  if (level === 'resource') {
    if (topResourceId !== undefined && topResourceId.toLowerCase() !== id.toLowerCase()) return topResourceId;
    if (resourceGroup !== undefined)
      return `/subscriptions/${subscriptionId ?? ''}/resourceGroups/${resourceGroup}`;
    return subscriptionId === undefined ? undefined : `/subscriptions/${subscriptionId}`;
  }
  return level === 'resourceGroup' ? `/subscriptions/${subscriptionId ?? ''}` : undefined;
}

function parsed(id: string): Scope | undefined {
  try {
    return parseScope(id);
  } catch {
    return undefined;
  }
}

function byText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
