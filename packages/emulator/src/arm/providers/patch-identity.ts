import { isObject } from '../../core/json.js';
import type { IdentityRequest } from '../../core/resource-identity.js';
import type { ResourceIdentity } from '../../core/tables.js';
import type { ArmContext } from '../arm-context.js';
import { takeIdentity } from './take-identity.js';

/**
 * The `identity` block of a PATCH over what a resource has: user-assigned identities with the value null go,
 * others are added.
 *
 * @throws a refusal: as {@link takeIdentity}
 */
export function patchIdentity(
  context: ArmContext,
  before: ResourceIdentity | null,
  value: unknown,
): IdentityRequest {
  const block = isObject(value) ? value : {};
  const given = isObject(block['userAssignedIdentities']) ? block['userAssignedIdentities'] : {};
  const added = Object.entries(given).filter(([, identity]) => identity !== null);
  const request = takeIdentity(context, {
    ...block,
    userAssignedIdentities: Object.fromEntries(added) as unknown,
  });
  if (!request.identityType.includes('UserAssigned')) return request;
  const named = new Set(Object.keys(given).map((id) => id.toLowerCase()));
  const kept = before?.userAssigned.filter((id) => !named.has(id.toLowerCase())) ?? [];
  return { ...request, userAssigned: [...kept, ...request.userAssigned] };
}
