import type { TableReader } from '../../core/replica.js';

/** A principal as expanded properties name it. */
export function presentPrincipal(store: TableReader, id: string, type: string): Record<string, unknown> {
  const user = store.get('users', id);
  const displayName =
    user?.displayName ??
    store.get('groups', id)?.displayName ??
    store.get('servicePrincipals', id)?.displayName;
  return {
    id,
    displayName: displayName ?? '',
    ...(user === undefined ? {} : { email: user.userPrincipalName }),
    type,
  };
}
