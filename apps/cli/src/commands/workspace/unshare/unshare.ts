import { AmlAuthError } from '@aml-auth/core';
import { unshareWorkspace, type AccessGrant, type RevokedAccess } from '@aml-auth/rbac';
import { principalReference } from '../../../access/principal-reference.js';
import { readReceipt } from '../../../access/receipt-file.js';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { confirm, type ConfirmFlag } from '../../../settings/confirm.js';
import { openClients } from '../../../settings/open-clients.js';
import { required } from '../../../settings/workspace-flags.js';
import { workspaceScope } from '../../../settings/workspace-scope.js';
import { parseDependents } from '../parse-dependents.js';
import type { ShareFlags } from '../share-flags.js';

/** Runs `aml-auth workspace unshare`. */
export async function unshare(
  context: CliContext,
  flags: ShareFlags & ConfirmFlag,
  name?: string,
): Promise<void> {
  const { signal, messages } = context;
  const { with: principal, role, dependents } = flags;
  const receipt = flags.receipt === undefined ? undefined : await readReceipt(context, flags.receipt);
  if (receipt !== undefined && [principal, role, dependents, name].some((given) => given !== undefined)) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The receipt says what is taken back.',
      remedy: 'Give --receipt alone, or a workspace and --with.',
    });
  }
  const who = receipt?.principal.objectId ?? required(principal, 'principal', 'Give --with or --receipt.');
  const known = await openClients(context, flags);
  const share =
    receipt === undefined
      ? {
          workspace: workspaceScope(flags, name, known),
          principal: principalReference(who, flags.principalType),
          role,
          dependents: parseDependents(dependents),
          graph: known.graph,
        }
      : { receipt };
  await confirm(context, flags, messages.say.askRevoke(who));
  const revoked = await unshareWorkspace(known.arm, { ...share, signal });
  await present(context, flags, revoked, () => revokedRows(revoked));
}

function revokedRows(outcomes: RevokedAccess): {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const rows = (['revoked', 'absent', 'kept'] as const).flatMap((outcome) =>
    outcomes[outcome].map(({ roleName, scope }: AccessGrant) => [outcome, roleName, scope]),
  );
  return { headings: ['outcome', 'role', 'scope'], rows };
}
