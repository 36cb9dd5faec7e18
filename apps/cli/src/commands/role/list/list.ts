import type { RoleDefinition } from '@aml-auth/permissions';
import { listRoleDefinitions } from '@aml-auth/rbac';
import { scopeOf } from '../../../access/scope-of.js';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { startProgress } from '../../../output/progress.js';
import { openClients } from '../../../settings/open-clients.js';
import { keptRoles } from '../kept-roles.js';
import { roleKind } from '../role-kind.js';
import type { RoleListFlags } from './command.js';
import { selectRoles } from './select-roles.js';

/** Runs `aml-auth role list`. */
export async function list(context: CliContext, flags: RoleListFlags): Promise<void> {
  const kept = await keptRoles(context, flags);
  const roleDefinitions = selectRoles(kept?.roleDefinitions ?? (await fromAzure(context, flags)), flags);
  await present(context, flags, { roleDefinitions }, () => ({
    headings: ['name', 'kind', 'description'],
    rows: roleDefinitions.map((role) => [role.roleName, roleKind(role), role.description]),
  }));
}

async function fromAzure(context: CliContext, flags: RoleListFlags): Promise<readonly RoleDefinition[]> {
  const known = await openClients(context, flags);
  const scope = scopeOf(flags, known);
  const progress = startProgress(context, context.messages.say.waiting());
  try {
    const found: RoleDefinition[] = [];
    const filter = flags.customOnly ? "type eq 'CustomRole'" : undefined;
    for await (const role of listRoleDefinitions(known.arm, { scope, filter, signal: context.signal })) {
      found.push(role);
    }
    return found;
  } finally {
    progress.stop();
  }
}
