import { AmlAuthError } from '@aml-auth/core';
import { deleteRoleAssignment, findRoleAssignment } from '@aml-auth/rbac';
import type { CliContext } from '../../../../context.js';
import { present } from '../../../../output/present.js';
import { confirm } from '../../../../settings/confirm.js';
import { openClients, type OpenClients } from '../../../../settings/open-clients.js';
import { findTarget } from '../find-target.js';
import type { AssignmentDeleteFlags } from './command.js';

/** Runs `aml-auth role assignment delete`. */
export async function deleteAssignment(
  context: CliContext,
  flags: AssignmentDeleteFlags,
  given?: string,
): Promise<void> {
  const { signal, messages } = context;
  if (given !== undefined && [flags.assignee, flags.role].some((flag) => flag !== undefined)) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The assignment is named twice.',
      remedy: 'Give its id alone, or --assignee, --role and a scope.',
    });
  }
  const known = await openClients(context, flags);
  const id = given ?? (await idOf(context, flags, known));
  let deleted = false;
  if (id !== undefined) {
    await confirm(context, flags, messages.say.askDelete(id));
    deleted = await deleteRoleAssignment(known.arm, { id, signal });
  }
  await present(context, flags, { deleted, id }, () => ({ record: { deleted, id } }));
}

async function idOf(
  context: CliContext,
  flags: AssignmentDeleteFlags,
  known: OpenClients,
): Promise<string | undefined> {
  const { scope, principal, role } = await findTarget(context, flags, known);
  const target = { scope, principalId: principal.objectId, roleDefinitionId: role.id };
  return (await findRoleAssignment(known.arm, { ...target, signal: context.signal }))?.id;
}
