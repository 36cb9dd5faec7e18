import { lintRole, roleDefinitionGuid, scopeCovers, type RoleDefinition } from '@aml-auth/permissions';

import { nameUuid } from '../arm/name-uuid.js';
import { differences } from '../role-definitions/same-role.js';
import type { AccessFile, WantedRole } from './access-file.js';
import type { PlannedRole, PlanProblem, PlanStep } from './access-plan.js';
import type { AccessState } from './access-state.js';

/** What becomes of the roles of a file. */
export interface RolePlan {
  readonly writes: readonly PlanStep[];
  readonly unchanged: number;
  /** Owned custom roles that are not wanted. */
  readonly unwanted: readonly RoleDefinition[];
  /** Roles as they are after the plan, those that go included. */
  readonly after: readonly RoleDefinition[];
  readonly problems: readonly PlanProblem[];
}

/** Compares the roles of a file with those that are, by id, or by name where the file gives none. */
export function planRoles(file: AccessFile, state: AccessState): RolePlan {
  const problems: PlanProblem[] = [];
  const writes: PlanStep[] = [];
  const wanted = new Map<string, RoleDefinition>();
  const names = new Set<string>();
  for (const one of file.roles) {
    const existing = findExisting(one, state.roleDefinitions);
    const role: PlannedRole = { ...one, id: roleDefinitionGuid(one.id ?? existing?.id ?? idOf(one)) };
    problems.push(...faultsOf(role, existing, file, state));
    if (names.has(keyOf(role.name)) || wanted.has(role.id)) problems.push(problem('duplicate', role));
    names.add(keyOf(role.name));
    wanted.set(role.id, definitionOf(role));
    if (existing === undefined) {
      writes.push({ kind: 'createRole', role });
      continue;
    }
    const parts = differences(existing, { ...role, roleName: role.name });
    if (parts.length > 0) writes.push({ kind: 'updateRole', role, before: existing, parts });
  }
  const kept = state.roleDefinitions.filter(({ id }) => !wanted.has(roleDefinitionGuid(id)));
  return {
    writes,
    unchanged: file.roles.length - writes.length,
    unwanted: kept.filter((role) => isOwned(role, file, state)),
    after: [...kept, ...wanted.values()],
    problems,
  };
}

function findExisting(role: WantedRole, all: readonly RoleDefinition[]): RoleDefinition | undefined {
  const { id } = role;
  if (id !== undefined) return all.find((one) => roleDefinitionGuid(one.id) === roleDefinitionGuid(id));
  return all.find((one) => keyOf(one.roleName) === keyOf(role.name));
}

/** As `createRoleDefinition` names a role that is given no id. */
function idOf({ name, assignableScopes: [first = ''] }: WantedRole): string {
  return nameUuid(['roleDefinition', first.replace(/(.)\/+$/, '$1').toLowerCase(), keyOf(name)]);
}

/** Only what lies within the scopes of the file as a whole is its own. */
function isOwned(
  { roleType, assignableScopes }: RoleDefinition,
  { scopes }: AccessFile,
  { parents }: AccessState,
): boolean {
  return (
    roleType === 'CustomRole' &&
    assignableScopes.length > 0 &&
    assignableScopes.every((one) => scopes.some((scope) => scopeCovers(scope, one, { parents })))
  );
}

function faultsOf(
  role: PlannedRole,
  existing: RoleDefinition | undefined,
  { scopes }: AccessFile,
  { roleDefinitions, parents }: AccessState,
): readonly PlanProblem[] {
  const found: PlanProblem[] = [];
  if (existing?.roleType === 'BuiltInRole') found.push(problem('role-not-custom', role));
  const namesake = roleDefinitions.some(
    (one) => keyOf(one.roleName) === keyOf(role.name) && roleDefinitionGuid(one.id) !== role.id,
  );
  if (namesake) found.push(problem('ambiguous-role', role));
  const outside = role.assignableScopes.find(
    (one) => !scopes.some((scope) => scopeCovers(scope, one, { parents })),
  );
  if (outside !== undefined) found.push(problem('outside-scopes', role, outside));
  const errors = lintRole(definitionOf(role)).filter(({ severity }) => severity === 'error');
  for (const { message, part } of errors) found.push(problem('invalid-role', role, part, message));
  return found;
}

const TEXTS = {
  'role-not-custom': 'It is a built-in role, which cannot be changed.',
  'ambiguous-role': 'Another role has this name, which must be unique in the tenant.',
  'outside-scopes': 'It is assignable where the file owns nothing.',
  'invalid-role': 'Azure would refuse it.',
  duplicate: 'The file has it twice.',
} as const;

function problem(
  code: keyof typeof TEXTS,
  { name }: PlannedRole,
  part?: string,
  message: string = TEXTS[code],
): PlanProblem {
  return { code, subject: name, message: part === undefined ? message : `${message} (${part})` };
}

function definitionOf({ id, name, description, permissions, assignableScopes }: PlannedRole): RoleDefinition {
  return { id, roleName: name, roleType: 'CustomRole', description, permissions, assignableScopes };
}

function keyOf(name: string): string {
  return name.trim().toLowerCase();
}
