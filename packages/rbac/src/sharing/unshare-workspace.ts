import { isAmlAuthError } from '@aml-auth/core';

import type { Arm } from '../arm/authorization-path.js';
import type { Graph } from '../graph/graph-client.js';
import { resolvePrincipal } from '../graph/resolve-principal.js';
import { assignmentIdOf } from '../role-assignments/create-role-assignment.js';
import { deleteRoleAssignment } from '../role-assignments/delete-role-assignment.js';
import type { AccessGrant, AccessReceipt } from './access-receipt.js';
import { resolveWishes } from './grant-wish.js';
import { revokeAccess, revokeEach, type RevokedAccess } from './revoke-access.js';
import { shareWishes, type WorkspaceShare } from './share-wishes.js';

/** What {@link unshareWorkspace} takes back: what a receipt says, or a share as it was asked for. */
export type UnshareWorkspaceOptions = (
  | {
      /** What `shareWorkspace` answered or told, also after JSON. */
      readonly receipt: AccessReceipt;
    }
  | (WorkspaceShare & {
      readonly receipt?: undefined;
      /** Looks the principal up where it is not given by object id and type. */
      readonly graph?: Graph | undefined;
    })
) & {
  /** Ends the call with `AML_CANCELLED`; what was taken back stays so. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Takes the access to a workspace back. With a receipt: what was made then, and nothing that was there before. With
 * the share itself: these roles of this principal at these scopes, whoever assigned them. Roles that are not there
 * are no error, and a workspace that is gone has none.
 *
 * @throws {AmlAuthError} what `resolvePrincipal` and `getRoleDefinition` throw; the first error of a step, with all
 *   `steps`
 */
export async function unshareWorkspace(arm: Arm, options: UnshareWorkspaceOptions): Promise<RevokedAccess> {
  const { signal } = options;
  if (options.receipt !== undefined) return revokeAccess(arm, options.receipt, { signal });
  const { objectId } = await resolvePrincipal(options.graph, options.principal, { signal });
  const found = await shareWishes(arm, options, signal).catch((error: unknown) => {
    if (isAmlAuthError(error) && error.code === 'AML_NOT_FOUND' && error.armCode !== undefined) return NONE;
    throw error;
  });
  const wishes = await resolveWishes(arm, found.wishes, signal);
  const grants = wishes.map((wish): AccessGrant => {
    return { ...wish, id: assignmentIdOf({ ...wish, principalId: objectId }), outcome: 'planned' };
  });
  const ended = await revokeEach(grants.reverse(), ({ scope, roleDefinitionId }) =>
    deleteRoleAssignment(arm, { scope, roleDefinitionId, principalId: objectId, signal }),
  );
  return { ...ended, kept: [] };
}

/** Role assignments go away with what they are at. */
const NONE = { wishes: [], warnings: [] };
