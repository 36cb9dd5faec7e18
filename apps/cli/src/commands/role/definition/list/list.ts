import type { RoleDefinition } from '@aml-auth/permissions';
import { listRoleDefinitions } from '@aml-auth/rbac';
import { scopeOf } from '../../../../access/scope-of.js';
import type { CliContext } from '../../../../context.js';
import { present } from '../../../../output/present.js';
import { openClients } from '../../../../settings/open-clients.js';
import type { DefinitionListFlags } from './command.js';

/** Runs `aml-auth role definition list`. */
export async function list(context: CliContext, flags: DefinitionListFlags): Promise<void> {
  const known = await openClients(context, flags);
  const roleDefinitions: RoleDefinition[] = [];
  const found = listRoleDefinitions(known.arm, {
    scope: scopeOf(flags, known),
    roleName: flags.name,
    filter: flags.customOnly ? "type eq 'CustomRole'" : undefined,
    signal: context.signal,
  });
  for await (const role of found) roleDefinitions.push(role);
  await present(context, flags, { roleDefinitions }, () => ({
    headings: ['name', 'id', 'type', 'description'],
    rows: roleDefinitions.map(({ roleName, id, roleType, description }) => {
      return [roleName, id, roleType, description];
    }),
  }));
}
