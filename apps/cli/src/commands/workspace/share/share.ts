import { shareWorkspace } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { startProgress } from '../../../output/progress.js';
import { openClients } from '../../../settings/open-clients.js';
import { workspaceScope } from '../../../settings/workspace-scope.js';
import { required } from '../../../settings/workspace-flags.js';
import { grantRows } from '../../../access/grant-rows.js';
import { principalReference } from '../../../access/principal-reference.js';
import { newReceiptFile } from '../../../access/receipt-file.js';
import type { ShareFlags } from '../share-flags.js';

/** Runs `aml-auth workspace share`. */
export async function share(context: CliContext, flags: ShareFlags, name?: string): Promise<void> {
  const who = required(flags.with, 'principal', 'Give it with --with.');
  const principal = principalReference(who, flags.principalType);
  const known = await openClients(context, flags);
  const { stderr } = context.process;
  const { say } = context.messages;
  const onReceipt = await newReceiptFile(context.cwd, flags.receipt);
  const progress = startProgress(context, say.waiting());
  const receipt = await shareWorkspace(known.arm, {
    workspace: workspaceScope(flags, name, known),
    principal,
    role: flags.role,
    dependents: flags.dependents,
    graph: known.graph,
    onReceipt: onReceipt?.write,
    signal: context.signal,
  }).finally(progress.stop);
  if (onReceipt !== undefined) stderr.write(`${say.written(onReceipt.path)}\n`);
  for (const warning of receipt.warnings) stderr.write(`${say.warning(warning, '').trim()}\n`);
  await present(context, flags, receipt, () => grantRows(receipt.grants));
}
