import { deleteRoleDefinition } from '@aml-auth/rbac';
import { scopeOf } from '../../../../access/scope-of.js';
import type { CliContext } from '../../../../context.js';
import { present } from '../../../../output/present.js';
import { confirm } from '../../../../settings/confirm.js';
import { openClients } from '../../../../settings/open-clients.js';
import type { DefinitionDeleteFlags } from './command.js';

/** Runs `aml-auth role definition delete`. */
export async function deleteDefinition(
  context: CliContext,
  flags: DefinitionDeleteFlags,
  name: string,
): Promise<void> {
  const known = await openClients(context, flags);
  const query = { scope: scopeOf(flags, known), role: name, signal: context.signal };
  await confirm(context, flags, context.messages.say.askDelete(name));
  const role = await deleteRoleDefinition(known.arm, query);
  const deleted = role !== undefined;
  await present(context, flags, { deleted, role }, () => ({
    record: { deleted, name: role?.roleName, id: role?.id },
  }));
}
