import { createRoleDefinition } from '@aml-auth/rbac';
import type { CliContext } from '../../../../context.js';
import { present } from '../../../../output/present.js';
import { openClients } from '../../../../settings/open-clients.js';
import type { DataFlags } from '../../../../settings/sign-in-flags.js';
import { readDraft } from '../read-draft.js';
import { roleRecord } from '../role-record.js';

/** Runs `aml-auth role definition create`. */
export async function create(context: CliContext, flags: DataFlags, file: string): Promise<void> {
  const draft = await readDraft(context, file);
  const { arm } = await openClients(context, flags);
  const made = await createRoleDefinition(arm, { ...draft, signal: context.signal });
  await present(context, flags, made, () => ({
    record: { created: made.created, ...roleRecord(made.role) },
  }));
}
