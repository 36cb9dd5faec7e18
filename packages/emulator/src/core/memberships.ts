import type { TableReader } from './replica.js';

/** Who is in which group of a tenant. */
export interface Memberships {
  /** Object id → the groups that have it as a direct member. */
  readonly memberOf: Readonly<Record<string, readonly string[]>>;
  /** Every group that the object is in, directly or through others. */
  readonly groupsOf: (id: string) => ReadonlySet<string>;
}

/** The {@link Memberships} of a tenant as they are at this moment. */
export function membershipsOf(store: TableReader, tenantId: string): Memberships {
  const memberOf: Record<string, string[]> = {};
  for (const group of store.list('groups')) {
    if (group.tenantId !== tenantId) continue;
    for (const member of group.memberIds) (memberOf[member] ??= []).push(group.id);
  }
  return { memberOf, groupsOf: (id) => reachable(id, (from) => memberOf[from] ?? []) };
}

/** Everything that can be reached from a start, in any number of steps. Circles end. */
export function reachable(start: string, next: (from: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [start];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const to of next(id)) {
      if (!found.has(to)) queue.push(to);
      found.add(to);
    }
  }
  return found;
}
