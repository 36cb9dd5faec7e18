import { updateRoleDefinition } from '@aml-auth/rbac';
import type { CliContext } from '../../../../context.js';
import { present } from '../../../../output/present.js';
import { openClients } from '../../../../settings/open-clients.js';
import type { DataFlags } from '../../../../settings/sign-in-flags.js';
import { required } from '../../../../settings/workspace-flags.js';
import { readDraft } from '../read-draft.js';
import { roleRecord } from '../role-record.js';

/** Runs `aml-auth role definition update`. */
export async function update(context: CliContext, flags: DataFlags, file: string): Promise<void> {
  const { id, ...draft } = await readDraft(context, file);
  const [first] = draft.assignableScopes;
  const scope = required(first, 'assignable scope', 'Write assignableScopes into the file.');
  const { arm } = await openClients(context, flags);
  const role = id ?? draft.roleName;
  const updated = await updateRoleDefinition(arm, { ...draft, scope, role, signal: context.signal });
  await present(context, flags, updated, () => ({
    record: { changed: updated.changed, ...roleRecord(updated.role) },
  }));
}
