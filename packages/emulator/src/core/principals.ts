import type { PrincipalType } from '@aml-auth/permissions';

import type { TableReader } from './replica.js';

/** What kind of principal the object id belongs to; undefined where the directory does not have it. */
export function principalTypeOf(store: TableReader, tenantId: string, id: string): PrincipalType | undefined {
  if (store.get('users', id)?.tenantId === tenantId) return 'User';
  if (store.get('groups', id)?.tenantId === tenantId) return 'Group';
  if (store.get('servicePrincipals', id)?.tenantId === tenantId) return 'ServicePrincipal';
  return undefined;
}
