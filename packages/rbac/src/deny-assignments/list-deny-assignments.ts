import { parseScope, type DenyAssignment } from '@aml-auth/permissions';

import { AUTHORIZATION_API_VERSION, authorizationPath, type Arm } from '../arm/authorization-path.js';
import { parseDenyAssignment } from './parse-deny-assignment.js';

/** Which deny assignments {@link listDenyAssignments} lists. */
export interface ListDenyAssignmentsOptions {
  /** A resource id, or `/`. */
  readonly scope: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The deny assignments at a scope and above it, page by page.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope that is none; what the `ArmClient` throws
 */
export async function* listDenyAssignments(
  arm: Arm,
  options: ListDenyAssignmentsOptions,
): AsyncGenerator<DenyAssignment, void, undefined> {
  const items = arm.list({
    path: authorizationPath(parseScope(options.scope).id, 'denyAssignments'),
    apiVersion: AUTHORIZATION_API_VERSION,
    query: { $filter: 'atScope()' },
    signal: options.signal,
  });
  for await (const item of items) yield parseDenyAssignment(item);
}
