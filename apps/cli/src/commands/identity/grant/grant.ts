import { grantIdentity } from '@aml-auth/rbac';
import { grantRows } from '../../../access/grant-rows.js';
import { newReceiptFile } from '../../../access/receipt-file.js';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { startProgress } from '../../../output/progress.js';
import { openClients } from '../../../settings/open-clients.js';
import { workspaceScope } from '../../../settings/workspace-scope.js';
import type { IdentityGrantFlags } from './command.js';

/** The role that a share of a workspace gives, too. */
const DEFAULT_ROLE = 'AzureML Data Scientist';

/** Runs `aml-auth identity grant`. */
export async function grant(context: CliContext, flags: IdentityGrantFlags, resource: string): Promise<void> {
  const known = await openClients(context, flags);
  const { signal, messages } = context;
  const { role = DEFAULT_ROLE, identity } = flags;
  const scopes = flags.scopes ?? [workspaceScope(flags, flags.workspace, known)];
  const file = await newReceiptFile(context.cwd, flags.receipt);
  const progress = startProgress(context, messages.say.waiting());
  const granted = await grantIdentity(known.arm, {
    resource,
    identity,
    grants: scopes.map((scope) => ({ scope, role })),
    onReceipt: file?.write,
    signal,
  }).finally(progress.stop);
  if (file !== undefined) context.process.stderr.write(`${messages.say.written(file.path)}\n`);
  await present(context, flags, granted, () => grantRows(granted.receipt.grants));
}
