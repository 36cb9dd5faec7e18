import type { Arm } from '../arm/authorization-path.js';
import { resolvePrincipal } from '../graph/resolve-principal.js';
import type { AccessReceipt } from './access-receipt.js';
import { applyGrants, type GrantOptions } from './apply-grants.js';
import { resolveWishes } from './grant-wish.js';
import { planGrants } from './plan-grants.js';
import { shareWishes, type WorkspaceShare } from './share-wishes.js';
import { waitForAccess, type WaitForAccessOptions } from './wait-for-access.js';

/** How {@link shareWorkspace} shares. */
export interface ShareWorkspaceOptions extends WorkspaceShare, GrantOptions {
  /** Waits until the access can be seen. Default: it does not wait. */
  readonly wait?: Omit<WaitForAccessOptions, 'signal' | 'clock'> | undefined;
}

/**
 * Gives somebody a role at a workspace, and, where it is asked for, at what the workspace keeps beside itself. All or
 * nothing, unless `onFailure` says otherwise. Doing it again is no error and changes nothing.
 *
 * Reads everything before it writes anything: that the workspace is there, who is meant, which roles, and which of
 * them are there already.
 *
 * @returns a receipt, with which `revokeAccess` or `unshareWorkspace` takes back what was made and nothing else
 * @throws {AmlAuthError} what `resolvePrincipal`, `getRoleDefinition` and `createRoleAssignment` throw; `AML_NOT_FOUND`
 *   for a workspace or a dependent that is not there; where some steps were taken, with all `steps`; `AML_TIMEOUT` where
 *   the access cannot be seen in time
 */
export async function shareWorkspace(arm: Arm, options: ShareWorkspaceOptions): Promise<AccessReceipt> {
  const { graph, signal, wait, clock } = options;
  const principal = await resolvePrincipal(graph, options.principal, { signal });
  const { wishes, warnings } = await shareWishes(arm, options, signal);
  const plan = await planGrants(arm, principal, await resolveWishes(arm, wishes, signal), signal);
  const receipt = await applyGrants(arm, { ...plan, warnings }, options);
  if (wait !== undefined) await waitForAccess(arm, receipt, { ...wait, clock, signal });
  return receipt;
}
