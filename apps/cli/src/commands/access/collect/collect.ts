import { resolve } from 'node:path';
import { collectAccess, redactAccess, type AccessCollection } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { writeOwnFile } from '../../../files/write-own-file.js';
import { present } from '../../../output/present.js';
import type { Cell } from '../../../output/print-table.js';
import { startProgress } from '../../../output/progress.js';
import { openClients, type OpenClients } from '../../../settings/open-clients.js';
import { required, subscriptionOf } from '../../../settings/workspace-flags.js';
import type { AccessCollectFlags } from './command.js';

/** Runs `aml-auth access collect`. */
export async function collect(context: CliContext, flags: AccessCollectFlags): Promise<void> {
  const known = await openClients(context, flags);
  const { signal, messages } = context;
  const { stderr } = context.process;
  const progress = startProgress(context, messages.say.waiting());
  const collected = await collectAccess(known.arm, {
    scopes: flags.scopes ?? [subscriptionScope(flags, known)],
    graph: flags.members ? known.graph : undefined,
    providers: flags.providers,
    signal,
  }).finally(progress.stop);
  if (collected.unreadable.length > 0) {
    const parts = collected.unreadable.map(({ part }) => part).join(', ');
    stderr.write(`${messages.say.unreadable(parts)}\n`);
  }
  const { hideResources } = flags;
  const access = flags.redact || hideResources ? redactAccess(collected, { hideResources }) : collected;
  if (flags.file === undefined) {
    await present(context, flags, access, () => ({ record: summary(access) }));
    return;
  }
  const file = resolve(context.cwd, flags.file);
  await writeOwnFile(file, access);
  stderr.write(`${messages.say.written(file)}\n`);
  const record = { file, ...summary(access) };
  await present(context, flags, record, () => ({ record }));
}

function subscriptionScope(flags: AccessCollectFlags, known: OpenClients): string {
  const id = required(subscriptionOf(flags, known), 'subscription', 'Give --subscription, or --scopes.');
  return `/subscriptions/${id}`;
}

function summary(access: AccessCollection): Record<string, Cell> {
  return {
    roleDefinitions: access.roleDefinitions.length,
    roleAssignments: access.roleAssignments.length,
    denyAssignments: access.denyAssignments?.length ?? 0,
    eligibleAssignments: access.eligibleAssignments?.length ?? 0,
    unreadable: access.unreadable.length,
  };
}
