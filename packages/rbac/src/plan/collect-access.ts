import { isAmlAuthError, systemClock, type Clock } from '@aml-auth/core';
import {
  parseScope,
  roleDefinitionGuid,
  scopeCovers,
  type DenyAssignment,
  type RoleDefinition,
} from '@aml-auth/permissions';

import { inferParents } from '../access/infer-parents.js';
import type { Arm } from '../arm/authorization-path.js';
import { listDenyAssignments } from '../deny-assignments/list-deny-assignments.js';
import type { Graph } from '../graph/graph-client.js';
import { listRoleAssignments } from '../role-assignments/list-role-assignments.js';
import type { StoredRoleAssignment } from '../role-assignments/parse-role-assignment.js';
import type { AccessCollection, UncollectedPart } from './access-collection.js';
import { collectMembers } from './collect-members.js';
import { collectOperations } from './collect-operations.js';
import { listRolesBelow, readUsedRole, unknownRoles } from './collect-roles.js';
import { collectSchedules } from './collect-schedules.js';

/** What {@link collectAccess} reads. */
export interface CollectAccessOptions {
  /** Resource ids. Access at, above and below each is read. */
  readonly scopes: readonly string[];
  /** Reads who is in the groups that have access, and in their groups. Default: not known. */
  readonly graph?: Pick<Graph, 'list'> | undefined;
  /** Resource providers whose operations are read, such as `Microsoft.MachineLearningServices`. Default: none. */
  readonly providers?: readonly string[] | undefined;
  /** Tells `collectedAt`. Default: the clock of the machine. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/** Refusals that waiting does not change: the caller's role, or a cloud without deny assignments. */
const UNREADABLE: ReadonlySet<string> = new Set(['AML_FORBIDDEN', 'AML_NOT_FOUND', 'AML_REQUEST_REJECTED']);

/**
 * Reads role definitions, role assignments, eligible and deny assignments of scopes, with groups and operations where they
 * are asked for, into one object that can be kept as JSON. Custom roles are read that can be assigned at a scope, somewhere
 * below it, or that an assignment names. What is not readable to the caller is named in it.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope that is none; what the clients throw where role definitions
 *   or role assignments cannot be read
 */
export async function collectAccess(arm: Arm, options: CollectAccessOptions): Promise<AccessCollection> {
  const { graph, providers = [], clock = systemClock, signal } = options;
  const scopes = options.scopes.map((scope) => parseScope(scope).id);
  const unreadable: UncollectedPart[] = [];
  const roles = new Map<string, RoleDefinition>();
  const assignments = new Map<string, StoredRoleAssignment>();
  const denials = new Map<string, DenyAssignment>();
  const eligible = new Map<string, StoredRoleAssignment>();
  const activated = new Set<string>();
  const parents: Record<string, string> = {};
  for (const scope of scopes) {
    for await (const role of listRolesBelow(arm, scope, signal)) roles.set(roleDefinitionGuid(role.id), role);
    const listed: string[] = [];
    for await (const one of listRoleAssignments(arm, { scope, signal })) {
      assignments.set(one.id.toLowerCase(), one);
      if (!scopeCovers(scope, one.scope)) listed.push(one.scope);
    }
    const denyAssignments = await readable(`denyAssignments at ${scope}`, unreadable, () =>
      all(listDenyAssignments(arm, { scope, signal })),
    );
    for (const one of denyAssignments ?? []) {
      denials.set(one.id.toLowerCase(), one);
      if (!scopeCovers(scope, one.scope)) listed.push(one.scope);
    }
    const schedules = await readable(`eligible assignments at ${scope}`, unreadable, () =>
      collectSchedules(arm, scope, signal),
    );
    for (const one of schedules?.eligible ?? []) eligible.set(one.id.toLowerCase(), one);
    for (const id of schedules?.activated ?? []) activated.add(id);
    Object.assign(parents, inferParents(scope, listed));
  }
  const grants = [...assignments.values(), ...eligible.values()];
  for (const [guid, use] of unknownRoles(grants, roles)) {
    const role = await readable(`role definition ${guid}`, unreadable, () => readUsedRole(arm, use, signal));
    if (role !== undefined) roles.set(guid, role);
  }
  const groups = grants.filter(({ principalType }) => principalType === 'Group');
  const memberOf =
    graph === undefined
      ? undefined
      : await readable('members of groups', unreadable, () =>
          collectMembers(
            graph,
            groups.map(({ principalId }) => principalId),
            signal,
          ),
        );
  return {
    format: 'aml-auth/access',
    version: 1,
    collectedAt: new Date(clock.now()).toISOString(),
    scopes,
    roleDefinitions: [...roles.values()],
    roleAssignments: [...assignments.values()],
    denyAssignments: [...denials.values()],
    eligibleAssignments: [...eligible.values()],
    activated: [...activated],
    ...(memberOf === undefined ? {} : { memberOf }),
    parents,
    operations: await collectOperations(arm, { providers, signal }),
    unreadable,
    isRedacted: false,
  };
}

async function readable<T>(
  part: string,
  unreadable: UncollectedPart[],
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!isAmlAuthError(error) || !UNREADABLE.has(error.code)) throw error;
    unreadable.push({ part, reason: error.message });
    return undefined;
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
