import { getRoleDefinition } from '@aml-auth/rbac';
import { scopeOf } from '../../../../access/scope-of.js';
import type { CliContext } from '../../../../context.js';
import { present } from '../../../../output/present.js';
import { openClients } from '../../../../settings/open-clients.js';
import type { DefinitionFlags } from '../definition-flags.js';
import { roleRecord } from '../role-record.js';

/** Runs `aml-auth role definition show`. */
export async function show(context: CliContext, flags: DefinitionFlags, name: string): Promise<void> {
  const known = await openClients(context, flags);
  const query = { scope: scopeOf(flags, known), role: name, signal: context.signal };
  const role = await getRoleDefinition(known.arm, query);
  await present(context, flags, role, () => ({ record: roleRecord(role) }));
}
