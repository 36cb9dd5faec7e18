import { azureMlOperations, type AzureMlOperation } from '../catalogue/azure-ml-operations.js';
import { principalPathFinder } from '../decide/principal-paths.js';
import { roleDefinitionGuid } from '../decide/role-definition-guid.js';
import { isPrivileged } from '../least-privilege/role-measure.js';
import { findExcess, type Excess } from '../operations/find-excess.js';
import { compare } from '../query/compare.js';
import type { AccessSnapshot, Decision, RoleAssignment, RoleDefinition } from '../types.js';

/** A change that has not been made yet. */
export interface AccessEdit {
  /** Assignments to add. Default: none. */
  readonly assign?: readonly RoleAssignment[] | undefined;
  /** Ids of role assignments. */
  readonly unassign?: readonly string[] | undefined;
  /** New roles, and new versions of old ones. */
  readonly roles?: readonly RoleDefinition[] | undefined;
}

/** A principal whose access at a scope would change. */
export interface AccessChange {
  /** Object id of a user, group, service principal or managed identity. */
  readonly principalId: string;
  /** The scope of an assignment that changes. */
  readonly scope: string;
  /** Decisions after the edit, for what was not allowed before. */
  readonly gained: readonly Decision[];
  /** Decisions before the edit, for what would not be allowed any more. */
  readonly lost: readonly Decision[];
  /** Of what is gained: what bears secrets, runs code or hands over an identity. */
  readonly risks: readonly AzureMlOperation[];
}

/** A role that would change. */
export interface RoleChange {
  /** The role as it would be. */
  readonly role: RoleDefinition;
  /** An operation that it would grant and did not; undefined is the proof that it grants nothing new. */
  readonly gained: Excess | undefined;
  /** An operation that it granted and would not. */
  readonly lost: Excess | undefined;
  /** Whether it would lead to every permission, and did not before. */
  readonly becomesPrivileged: boolean;
}

/** What an edit would do. */
export interface WhatIf {
  /** The snapshot as it would be. */
  readonly after: AccessSnapshot;
  /** One for each role of the edit, in its order. */
  readonly roles: readonly RoleChange[];
  /** Changes of access, operation by operation, at the scope of each assignment concerned. */
  readonly access: readonly AccessChange[];
}

/** How {@link whatIf} looks. */
export interface WhatIfOptions {
  /** Operations to hold against it. Default: the published ones of Azure Machine Learning. */
  readonly actions?: readonly string[] | undefined;
  /** Data operations to hold against it. Default: none. */
  readonly dataActions?: readonly string[] | undefined;
}

/**
 * What an edit of assignments or roles would change, before it is made: for every principal concerned, members of
 * groups included, the operations gained and lost; for every role, a counter-example to "it grants nothing new".
 * Access is looked at where the assignments are; a deny assignment below is not seen. Never throws.
 */
export function whatIf(snapshot: AccessSnapshot, edit: AccessEdit, options: WhatIfOptions = {}): WhatIf {
  const after = apply(snapshot, edit);
  const changed = new Set((edit.roles ?? []).map(({ id }) => roleDefinitionGuid(id)));
  const gone = new Set((edit.unassign ?? []).map((id) => id.toLowerCase()));
  const concerned = [
    ...(edit.assign ?? []),
    ...snapshot.roleAssignments.filter(
      ({ id, roleDefinitionId }) =>
        gone.has(id.toLowerCase()) || changed.has(roleDefinitionGuid(roleDefinitionId)),
    ),
  ];
  return {
    after,
    roles: (edit.roles ?? []).map((role) => roleChange(snapshot, role)),
    access: targets(snapshot, concerned)
      .map((target) => accessChange(snapshot, after, target, options))
      .filter(({ gained, lost }) => gained.length > 0 || lost.length > 0),
  };
}

type Target = Pick<AccessChange, 'principalId' | 'scope'>;

function apply(
  snapshot: AccessSnapshot,
  { assign = [], unassign = [], roles = [] }: AccessEdit,
): AccessSnapshot {
  const gone = new Set(unassign.map((id) => id.toLowerCase()));
  return {
    ...snapshot,
    // The last definition of an id counts.
    roleDefinitions: [...snapshot.roleDefinitions, ...roles],
    roleAssignments: [...snapshot.roleAssignments.filter(({ id }) => !gone.has(id.toLowerCase())), ...assign],
  };
}

function roleChange(snapshot: AccessSnapshot, role: RoleDefinition): RoleChange {
  const before = snapshot.roleDefinitions.findLast(
    ({ id }) => roleDefinitionGuid(id) === roleDefinitionGuid(role.id),
  );
  const old = before?.permissions ?? [];
  return {
    role,
    gained: findExcess(role.permissions, old),
    lost: findExcess(old, role.permissions),
    becomesPrivileged: isPrivileged(role) && !isPrivileged({ permissions: old }),
  };
}

/** Each holder of an assignment, members of groups included, with its scope, once. */
function targets(snapshot: AccessSnapshot, assignments: readonly RoleAssignment[]): readonly Target[] {
  const pathsOf = principalPathFinder(snapshot.memberOf);
  const members = Object.keys(snapshot.memberOf ?? {}).map((id) => ({ id, groups: pathsOf(id) }));
  const found = new Map<string, Target>();
  for (const { principalId, scope } of assignments) {
    const holders = members.filter(({ groups }) => groups.has(principalId.toLowerCase())).map(({ id }) => id);
    for (const id of [principalId, ...holders]) {
      const key = `${id} ${scope}`.toLowerCase();
      if (!found.has(key)) found.set(key, { principalId: id, scope });
    }
  }
  return [...found.values()];
}

function accessChange(
  before: AccessSnapshot,
  after: AccessSnapshot,
  target: Target,
  options: WhatIfOptions,
): AccessChange {
  const { onlyFirst, onlySecond } = compare(
    { snapshot: before, ...target },
    { snapshot: after, ...target },
    options,
  );
  const gained = new Set(
    onlySecond
      .filter(({ request }) => request.isDataAction !== true)
      .map(({ request }) => request.action.toLowerCase()),
  );
  const risks = azureMlOperations.filter(
    ({ name, isSecret, runsCode, handsOverIdentity }) =>
      (isSecret || runsCode || handsOverIdentity) && gained.has(name.toLowerCase()),
  );
  return { ...target, gained: onlySecond, lost: onlyFirst, risks };
}
