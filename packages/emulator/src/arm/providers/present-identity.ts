import { userAssignedIds } from '../../core/identity-rows.js';
import type { ResourceIdentity } from '../../core/resource-rows.js';

/** The `identity` block of a resource. */
export function presentIdentity(identity: ResourceIdentity, tenantId: string): Record<string, unknown> {
  const users = identity.userAssigned.map((resource) => [resource, userAssignedIds(resource)]);
  return {
    type: identity.type,
    ...(identity.principalId === null ? {} : { principalId: identity.principalId, tenantId }),
    ...(users.length === 0 ? {} : { userAssignedIdentities: Object.fromEntries(users) as unknown }),
  };
}
