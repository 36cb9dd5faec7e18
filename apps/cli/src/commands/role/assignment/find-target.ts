import { getRoleDefinition, resolvePrincipal, type Principal } from '@aml-auth/rbac';
import type { RoleDefinition } from '@aml-auth/permissions';
import { principalReference } from '../../../access/principal-reference.js';
import { scopeOf } from '../../../access/scope-of.js';
import type { CliContext } from '../../../context.js';
import type { OpenClients } from '../../../settings/open-clients.js';
import { required } from '../../../settings/workspace-flags.js';
import type { AssignmentFlags } from './assignment-flags.js';

/** Who, which role and where. */
export interface Target {
  readonly scope: string;
  readonly principal: Principal;
  readonly role: RoleDefinition;
}

/** Looks up principal and role. */
export async function findTarget(
  { signal }: CliContext,
  flags: AssignmentFlags,
  known: OpenClients,
): Promise<Target> {
  const assignee = required(flags.assignee, 'principal', 'Give it with --assignee.');
  const roleName = required(flags.role, 'role', 'Give it with --role.');
  const scope = scopeOf(flags, known);
  const reference = principalReference(assignee, flags.assigneePrincipalType);
  const role = await getRoleDefinition(known.arm, { scope, role: roleName, signal });
  return { scope, role, principal: await resolvePrincipal(known.graph, reference, { signal }) };
}
