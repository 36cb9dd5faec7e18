import { isAmlAuthError } from '@aml-auth/core';
import { builtInRoles, roleDefinitionGuid } from '@aml-auth/permissions';
import {
  getPrincipals,
  getRoleDefinition,
  listRoleAssignments,
  type ListRoleAssignmentsOptions,
  type StoredRoleAssignment,
} from '@aml-auth/rbac';
import type { CliContext } from '../context.js';
import type { Cell } from '../output/print-table.js';
import type { OpenClients } from '../settings/open-clients.js';

/** A role assignment with the names of role and principal, where they are known. */
export interface NamedAssignment extends StoredRoleAssignment {
  readonly roleName: string | undefined;
  readonly principalName: string | undefined;
}

/** Which assignments are read. */
export interface AssignmentQuery extends Omit<ListRoleAssignmentsOptions, 'signal'> {
  /** Only those of this role (GUID). */
  readonly roleDefinitionId?: string | undefined;
  /** Whether names of principals are looked up in Microsoft Graph. */
  readonly names: boolean;
}

/** Role assignments with names. Without access to Microsoft Graph they come without names of principals. */
export async function readAssignments(
  context: CliContext,
  known: OpenClients,
  { names, roleDefinitionId, ...query }: AssignmentQuery,
): Promise<readonly NamedAssignment[]> {
  const { signal } = context;
  const found: StoredRoleAssignment[] = [];
  for await (const one of listRoleAssignments(known.arm, { ...query, signal })) {
    const isWanted =
      roleDefinitionId === undefined || roleDefinitionGuid(one.roleDefinitionId) === roleDefinitionId;
    if (isWanted) found.push(one);
  }
  const roles = await roleNames(context, known, found);
  const people = names ? await principalNames(context, known, found) : new Map<string, string>();
  return found.map((one) => ({
    ...one,
    roleName: roles.get(roleDefinitionGuid(one.roleDefinitionId)),
    principalName: people.get(one.principalId.toLowerCase()),
  }));
}

/** What people see of role assignments. */
export function assignmentRows(assignments: readonly NamedAssignment[]): {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
} {
  return {
    headings: ['principal', 'type', 'role', 'scope', 'condition'],
    rows: assignments.map((one) => [
      one.principalName ?? one.principalId,
      one.principalType,
      one.roleName ?? roleDefinitionGuid(one.roleDefinitionId),
      one.scope,
      one.condition === undefined ? undefined : 'yes',
    ]),
  };
}

async function roleNames(
  { signal }: CliContext,
  { arm }: OpenClients,
  assignments: readonly StoredRoleAssignment[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>(builtInRoles.map(({ id, roleName }) => [id, roleName]));
  for (const { scope, roleDefinitionId } of assignments) {
    const guid = roleDefinitionGuid(roleDefinitionId);
    if (names.has(guid)) continue;
    try {
      names.set(guid, (await getRoleDefinition(arm, { scope, role: guid, signal })).roleName);
    } catch (error) {
      // A custom role that the caller may not read is shown by its id.
      if (!isAmlAuthError(error) || !SHOWN_BY_ID.has(error.code)) throw error;
    }
  }
  return names;
}

const SHOWN_BY_ID: ReadonlySet<string> = new Set(['AML_FORBIDDEN', 'AML_NOT_FOUND']);

async function principalNames(
  { signal, process, messages }: CliContext,
  { graph }: OpenClients,
  assignments: readonly StoredRoleAssignment[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(assignments.map(({ principalId }) => principalId))];
  try {
    const principals = await getPrincipals(graph, ids, signal);
    return new Map(
      [...principals.values()].flatMap(({ objectId, displayName }) =>
        displayName === undefined ? [] : [[objectId.toLowerCase(), displayName] as const],
      ),
    );
  } catch (error) {
    if (!isAmlAuthError(error) || error.code === 'AML_CANCELLED') throw error;
    process.stderr.write(`${messages.say.unnamed(error.message)}\n`);
    return new Map();
  }
}
