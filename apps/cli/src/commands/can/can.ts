import { decide, explain } from '@aml-auth/permissions';
import type { AccessFlags, PrincipalFlag } from '../../access/access-flags.js';
import { accessOfOne } from '../../access/read-snapshot.js';
import { requireOperation } from '../../access/require-operation.js';
import type { CliContext } from '../../context.js';
import { EXIT } from '../../exit-code.js';
import { present } from '../../output/present.js';

/** Runs `aml-auth can`. */
export async function can(
  context: CliContext,
  flags: AccessFlags & PrincipalFlag,
  action: string,
): Promise<void> {
  requireOperation(action);
  const { snapshot, scope, principalId, unreadable } = await accessOfOne(context, flags);
  const decision = decide(snapshot, { principalId, action, scope, isDataAction: flags.dataAction });
  const lines = explain(decision);
  await present(context, flags, { ...decision, explanation: lines, unreadable }, () => ({
    headings: [],
    rows: lines.map((line) => [line]),
  }));
  if (decision.verdict !== 'allowed') context.process.exitCode = EXIT.forbidden;
}
