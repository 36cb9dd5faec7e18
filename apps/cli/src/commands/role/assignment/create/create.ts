import { createRoleAssignment } from '@aml-auth/rbac';
import type { CliContext } from '../../../../context.js';
import { present } from '../../../../output/present.js';
import { startProgress } from '../../../../output/progress.js';
import { openClients } from '../../../../settings/open-clients.js';
import { findTarget } from '../find-target.js';
import type { AssignmentCreateFlags } from './command.js';

/** Runs `aml-auth role assignment create`. */
export async function create(context: CliContext, flags: AssignmentCreateFlags): Promise<void> {
  const known = await openClients(context, flags);
  const { scope, principal, role } = await findTarget(context, flags, known);
  const progress = startProgress(context, context.messages.say.waiting());
  const { assignment, created } = await createRoleAssignment(known.arm, {
    scope,
    principalId: principal.objectId,
    principalType: principal.type,
    roleDefinitionId: role.id,
    condition: flags.condition,
    description: flags.description,
    graph: flags.assigneePrincipalType === undefined ? known.graph : undefined,
    signal: context.signal,
  }).finally(progress.stop);
  await present(context, flags, { created, roleAssignment: assignment }, () => ({
    record: {
      created,
      role: role.roleName,
      principal: principal.displayName ?? principal.objectId,
      scope,
      id: assignment.id,
    },
  }));
}
