import { getRoleDefinition, resolvePrincipal } from '@aml-auth/rbac';
import { principalReference } from '../../../../access/principal-reference.js';
import { assignmentRows, readAssignments } from '../../../../access/read-assignments.js';
import { scopeOf } from '../../../../access/scope-of.js';
import type { CliContext } from '../../../../context.js';
import { present } from '../../../../output/present.js';
import { openClients } from '../../../../settings/open-clients.js';
import type { AssignmentListFlags } from './command.js';

/** Runs `aml-auth role assignment list`. */
export async function list(context: CliContext, flags: AssignmentListFlags): Promise<void> {
  const { signal } = context;
  const { assignee, assigneePrincipalType, role, placement, names, includeGroups } = flags;
  const known = await openClients(context, flags);
  const scope = scopeOf(flags, known);
  const definition =
    role === undefined ? undefined : await getRoleDefinition(known.arm, { scope, role, signal });
  const principal =
    assignee === undefined
      ? undefined
      : await resolvePrincipal(known.graph, principalReference(assignee, assigneePrincipalType), { signal });
  const roleAssignments = await readAssignments(context, known, {
    scope,
    placement,
    names,
    roleDefinitionId: definition?.id,
    ...(includeGroups ? { assignedTo: principal?.objectId } : { principalId: principal?.objectId }),
  });
  await present(context, flags, { scope, roleAssignments }, () => assignmentRows(roleAssignments));
}
