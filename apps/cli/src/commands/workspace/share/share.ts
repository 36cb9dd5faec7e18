import { shareWorkspace, type AccessReceipt } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { printable } from '../../../output/printable.js';
import { startProgress } from '../../../output/progress.js';
import { openClients } from '../../../settings/open-clients.js';
import { workspaceScope } from '../../../settings/workspace-scope.js';
import { required } from '../../../settings/workspace-flags.js';
import { grantRows } from '../../../access/grant-rows.js';
import { principalReference } from '../../../access/principal-reference.js';
import { newReceiptFile } from '../../../access/receipt-file.js';
import { parseDependents } from '../parse-dependents.js';
import type { WorkspaceShareFlags } from './command.js';

/** Runs `aml-auth workspace share`. */
export async function share(context: CliContext, flags: WorkspaceShareFlags, name?: string): Promise<void> {
  const who = required(flags.with, 'principal', 'Give it with --with.');
  const principal = principalReference(who, flags.principalType);
  const dependents = parseDependents(flags.dependents);
  const known = await openClients(context, flags);
  const { stderr } = context.process;
  const { say } = context.messages;
  const file = await newReceiptFile(context.cwd, flags.receipt);
  const progress = startProgress(context, say.waiting());
  const receipt = await shareWorkspace(known.arm, {
    workspace: workspaceScope(flags, name, known),
    principal,
    role: flags.role,
    dependents,
    graph: known.graph,
    onReceipt: async (state) => {
      progress.update(grantProgress(state));
      await file?.write(state);
    },
    onReplicationWait: ({ principalId }) => {
      progress.update(`${say.waiting()} (${principalId})`);
    },
    wait: flags.wait
      ? {
          onWait: ({ missing }) => {
            const names = missing.map(({ roleName }) => printable(roleName));
            progress.update(`${say.waiting()} (${names.join(', ')})`);
          },
        }
      : undefined,
    signal: context.signal,
  }).finally(progress.stop);
  if (file !== undefined) stderr.write(`${say.written(file.path)}\n`);
  for (const warning of receipt.warnings) stderr.write(`${say.warning(warning, '').trim()}\n`);
  await present(context, flags, receipt, () => grantRows(receipt.grants));
}

/** How far a share is, and what comes next. */
function grantProgress({ grants }: AccessReceipt): string {
  const left = grants.filter(({ outcome }) => outcome === 'planned');
  const next = left[0] === undefined ? '' : ` ${printable(left[0].roleName)}`;
  return `${String(grants.length - left.length)}/${String(grants.length)}${next}`;
}
