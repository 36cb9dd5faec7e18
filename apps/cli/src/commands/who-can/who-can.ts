import { whoCan, type Decision } from '@aml-auth/permissions';
import type { AccessFlags } from '../../access/access-flags.js';
import { accessOfAll } from '../../access/read-snapshot.js';
import { requireOperation } from '../../access/require-operation.js';
import type { CliContext } from '../../context.js';
import { present } from '../../output/present.js';

/** Runs `aml-auth who-can`. */
export async function whoCanDo(context: CliContext, flags: AccessFlags, action: string): Promise<void> {
  requireOperation(action);
  const { snapshot, scope, unreadable } = await accessOfAll(context, flags);
  const holders = whoCan(snapshot, { action, scope, isDataAction: flags.dataAction });
  const principals = (['allowed', 'eligible', 'unknown'] as const).flatMap((verdict) =>
    holders[verdict].map((decision) => ({ verdict, ...holderOf(decision) })),
  );
  await present(context, flags, { action, scope, principals, unreadable }, () => ({
    headings: ['principal', 'type', 'verdict', 'role', 'at'],
    rows: principals.map(({ principalId, type, verdict, role, at }) => [
      principalId,
      type,
      verdict,
      role,
      at,
    ]),
  }));
}

/** Who it is, and the assignment that founds it best. */
function holderOf({
  request,
  grants,
  eligible,
}: Decision): Record<'principalId' | 'type' | 'role' | 'at', string | undefined> {
  const [grant] = [...grants, ...eligible];
  return {
    principalId: request.principalId,
    type: grant?.assignment.principalType,
    role: grant?.role.roleName,
    at: grant?.assignment.scope,
  };
}
