import { parseGuid } from '@aml-auth/core';
import { parseScope } from '@aml-auth/permissions';

import { AUTHORIZATION_API_VERSION, authorizationPath, type Arm } from '../arm/authorization-path.js';
import { placementOf, type Placement } from '../role-assignments/placement.js';
import { parseDenyAssignment, type StoredDenyAssignment } from './parse-deny-assignment.js';

/** Which deny assignments {@link listDenyAssignments} lists. */
export interface ListDenyAssignmentsOptions {
  /** A resource id, or `/`. */
  readonly scope: string;
  /** Only those at this very scope, above it, or below it. Default: at it and above it, which are those that count there. */
  readonly placement?: Placement | undefined;
  /** Only those of this name. */
  readonly name?: string | undefined;
  /** Only those that name this very principal (object id): neither through a group, nor as everyone. */
  readonly principalId?: string | undefined;
  /** Ends the listing with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The deny assignments of a scope, page by page.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope or object id that is none; what the `ArmClient` throws
 */
export async function* listDenyAssignments(
  arm: Arm,
  options: ListDenyAssignmentsOptions,
): AsyncGenerator<StoredDenyAssignment, void, undefined> {
  const { placement, name, signal } = options;
  const scope = parseScope(options.scope).id;
  const principalId =
    options.principalId === undefined ? undefined : parseGuid(options.principalId, 'principalId');
  const items = arm.list({
    path: authorizationPath(scope, 'denyAssignments'),
    apiVersion: AUTHORIZATION_API_VERSION,
    // One term, as the service documents them; the rest is held against its answer.
    query: { $filter: placement === 'below' ? undefined : 'atScope()' },
    signal,
  });
  for await (const item of items) {
    const denial = parseDenyAssignment(item);
    const isPlaced = placement === undefined || placementOf(denial.scope, scope) === placement;
    const isNamed = name === undefined || denial.denyAssignmentName.toLowerCase() === name.toLowerCase();
    if (isPlaced && isNamed && (principalId === undefined || names(denial, principalId))) yield denial;
  }
}

function names({ principals }: StoredDenyAssignment, principalId: string): boolean {
  return principals.some(({ id }) => id.toLowerCase() === principalId);
}
