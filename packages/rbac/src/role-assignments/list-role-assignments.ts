import { parseGuid } from '@aml-auth/core';
import { parseScope } from '@aml-auth/permissions';

import { AUTHORIZATION_API_VERSION, authorizationPath, type Arm } from '../arm/authorization-path.js';
import { allOf, odataText } from '../arm/odata-filter.js';
import { placementOf, type Placement } from './placement.js';
import { parseRoleAssignment, type StoredRoleAssignment } from './parse-role-assignment.js';

/** Which role assignments {@link listRoleAssignments} lists. */
export interface ListRoleAssignmentsOptions {
  /** A resource id, or `/`. */
  readonly scope: string;
  /** True for those at the scope and above it. Default false: also those below. */
  readonly atScope?: boolean | undefined;
  /** Only those at this very scope, above it, or below it. Default: as `atScope` says. */
  readonly placement?: Placement | undefined;
  /** Only those of this very principal (object id), without its groups. */
  readonly principalId?: string | undefined;
  /** Only those of this user or service principal (object id) and of the groups that it is in. */
  readonly assignedTo?: string | undefined;
  /** Ends the listing with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The role assignments of a scope, page by page. What is below a management group may be missing: Azure is reported to
 * list nothing there. Ask at the subscriptions in it.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope or object id that is none; what the
 *   `ArmClient` throws
 */
export async function* listRoleAssignments(
  arm: Arm,
  options: ListRoleAssignmentsOptions,
): AsyncGenerator<StoredRoleAssignment, void, undefined> {
  const { placement, signal } = options;
  const atScope = placement === undefined ? (options.atScope ?? false) : placement !== 'below';
  const scope = parseScope(options.scope).id;
  const principalId = optionalGuid(options.principalId, 'principalId');
  const assignedTo = optionalGuid(options.assignedTo, 'assignedTo');
  // The service takes `principalId eq` on its own only; besides others it is held against the answer.
  const alone = !atScope && assignedTo === undefined && principalId !== undefined;
  const items = arm.list({
    path: authorizationPath(scope, 'roleAssignments'),
    apiVersion: AUTHORIZATION_API_VERSION,
    query: {
      $filter: allOf([
        atScope ? 'atScope()' : undefined,
        assignedTo === undefined ? undefined : `assignedTo(${odataText(assignedTo)})`,
        alone ? `principalId eq ${odataText(principalId)}` : undefined,
      ]),
    },
    signal,
  });
  for await (const item of items) {
    const assignment = parseRoleAssignment(item);
    const isWanted = principalId === undefined || assignment.principalId.toLowerCase() === principalId;
    const isPlaced = placement === undefined || placementOf(assignment.scope, scope) === placement;
    if (isWanted && isPlaced) yield assignment;
  }
}

function optionalGuid(value: string | undefined, name: string): string | undefined {
  return value === undefined ? undefined : parseGuid(value, name);
}
