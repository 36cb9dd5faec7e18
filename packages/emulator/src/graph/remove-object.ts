import type { Store } from '../core/store.js';

/**
 * Removes a user, group or service principal, and its memberships. Its role assignments stay, as they do
 * in Azure.
 */
export function removeObject(
  store: Store,
  table: 'users' | 'groups' | 'servicePrincipals',
  id: string,
): void {
  store.remove(table, id);
  for (const group of store.list('groups')) {
    if (!group.memberIds.includes(id)) continue;
    const memberIds = group.memberIds.filter((member) => member !== id);
    store.put('groups', group.id, { ...group, memberIds });
  }
}
