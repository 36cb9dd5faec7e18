import { MANAGED_IDENTITY } from '../../core/arm-ids.js';
import { addSystemIdentity } from '../../core/identity-rows.js';
import { isObject } from '../../core/json.js';
import type { ResourceIdentity } from '../../core/resource-rows.js';
import type { ArmContext } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { linkedAuthorizationFailed } from '../linked-authorization-failed.js';
import { readIdentity, type IdentityRequest } from './read-identity.js';

/** What gets identities. */
export interface IdentityOwner {
  /** Resource id, as it is kept. */
  readonly id: string;
  /** What the directory calls its system-assigned identity. */
  readonly displayName: string;
  /** Those that it has until now; undefined for a new resource. */
  readonly before: ResourceIdentity | undefined;
}

const ASSIGN = `${MANAGED_IDENTITY}/userAssignedIdentities/assign/action`;

/**
 * Gives a resource the managed identities that were asked for: makes or removes the service principal of a
 * system-assigned one, and assigns user-assigned ones, for which the caller needs the right to assign them.
 *
 * @throws a refusal: 403 `LinkedAuthorizationFailed`, 400 `FailedIdentityOperation`
 */
export function takeIdentity(
  context: ArmContext,
  owner: IdentityOwner,
  request: IdentityRequest,
): ResourceIdentity {
  const { store } = context.call.world;
  const userAssigned = assignable(context, owner, request);
  const principalId = request.identityType.includes('SystemAssigned')
    ? addSystemIdentity(store, context.tenantId, owner.id, owner.displayName)
    : null;
  const former = owner.before?.principalId ?? null;
  if (former !== null && principalId === null) store.remove('servicePrincipals', former);
  return { type: request.identityType, principalId, userAssigned };
}

/** The `identity` block of a PATCH: identities with the value null go, others are added. */
export function mergeIdentity(before: ResourceIdentity | null, value: unknown): IdentityRequest {
  const { identityType } = readIdentity(value);
  const given =
    isObject(value) && isObject(value['userAssignedIdentities']) ? value['userAssignedIdentities'] : {};
  if (!identityType.includes('UserAssigned')) return { identityType, userAssigned: [] };
  const named = new Set(Object.keys(given).map((id) => id.toLowerCase()));
  const kept = before?.userAssigned.filter((id) => !named.has(id.toLowerCase())) ?? [];
  return { identityType, userAssigned: [...kept, ...Object.keys(given).filter((id) => given[id] !== null)] };
}

/** The ids of the user-assigned identities as they were made. Those that the resource has already need no right. */
function assignable(context: ArmContext, owner: IdentityOwner, request: IdentityRequest): readonly string[] {
  const { call, caller, may, path } = context;
  const held = new Set(owner.before?.userAssigned.map((id) => id.toLowerCase()));
  const added = request.userAssigned.filter((id) => !held.has(id.toLowerCase()));
  const lacking = added.filter((id) => !may(ASSIGN, id));
  if (lacking.length > 0) {
    const write = { action: `${path.type}/write`, scope: path.id };
    throw linkedAuthorizationFailed(caller, write, ASSIGN, lacking);
  }
  return request.userAssigned.map((id) => {
    const row = call.world.store.get('userAssignedIdentities', id);
    if (row === undefined && !held.has(id.toLowerCase())) throw identityMissing(path.id, id);
    return row?.id ?? id;
  });
}

function identityMissing(resource: string, identity: string): Error {
  const response = JSON.stringify({
    error: { code: 'BadRequest', message: `Resource '${identity}' was not found.` },
  });
  const message = `Identity operation for resource '${resource}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: '${response}'.'.`;
  return armRefusal(400, 'FailedIdentityOperation', message);
}
