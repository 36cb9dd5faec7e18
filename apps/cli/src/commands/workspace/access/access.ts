import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { openClients } from '../../../settings/open-clients.js';
import { workspaceScope } from '../../../settings/workspace-scope.js';
import { assignmentRows, readAssignments } from '../../../access/read-assignments.js';
import type { WorkspaceAccessFlags } from './command.js';

/** Runs `aml-auth workspace access`. */
export async function access(context: CliContext, flags: WorkspaceAccessFlags, name?: string): Promise<void> {
  const known = await openClients(context, flags);
  const scope = workspaceScope(flags, name, known);
  const roleAssignments = await readAssignments(context, known, { scope, atScope: true, names: flags.names });
  await present(context, flags, { scope, roleAssignments }, () => assignmentRows(roleAssignments));
}
