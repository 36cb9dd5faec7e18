import { MANAGED_IDENTITY } from '../../core/arm-ids.js';
import type { IdentityRequest } from '../../core/resource-identity.js';
import type { ArmContext } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { requireLinked } from '../require-linked.js';
import { readIdentity } from './read-identity.js';

const TYPE = `${MANAGED_IDENTITY}/userAssignedIdentities`;

/**
 * Reads the `identity` block of a PUT or PATCH, and makes sure that the caller may assign the
 * user-assigned identities in it, and that they are there.
 *
 * @throws a refusal: 400 `InvalidIdentityType`, `LinkedInvalidPropertyId` or `FailedIdentityOperation`, 403
 *   `LinkedAuthorizationFailed`
 */
export function takeIdentity(context: ArmContext, value: unknown): IdentityRequest {
  const request = readIdentity(value);
  const linked = request.userAssigned.map((id) => ({ path: 'identity.userAssignedIdentities', id }));
  requireLinked(context, `${TYPE}/assign/action`, linked);
  return {
    ...request,
    userAssigned: request.userAssigned.map((id) => findIdentity(context, id)),
  };
}

/** The id in its own spelling. */
function findIdentity({ call, path }: ArmContext, id: string): string {
  const row = call.world.store.get('userAssignedIdentities', id);
  if (row !== undefined) return row.id;
  const [, group = '', name = ''] = /\/resourceGroups\/([^/]+)\/.*\/([^/]+)$/i.exec(id) ?? [];
  const inner = `{"error":{"code":"ResourceNotFound","message":"The Resource '${TYPE}/${name}' under resource group '${group}' was not found."}}`;
  const message = `Identity operation for resource '${path.id}' failed with error 'Failed to perform resource identity operation. Status: 'NotFound'. Response: '${inner}'.'.`;
  throw armRefusal(400, 'FailedIdentityOperation', message);
}
