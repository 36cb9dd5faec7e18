import { DIRECTORY_ROLES } from './directory-roles.js';
import type { TableReader } from './replica.js';

/** Whether a user has a directory role, by its name. Applications have none. */
export function hasDirectoryRole(store: TableReader, userId: string, role: string): boolean {
  const id = DIRECTORY_ROLES.get(role);
  return id !== undefined && store.get('users', userId)?.directoryRoles?.includes(id) === true;
}
