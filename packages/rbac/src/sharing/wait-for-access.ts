import { AmlAuthError, systemClock, type Clock } from '@aml-auth/core';
import { builtInRoles, type PermissionEntry } from '@aml-auth/permissions';
import * as z from 'zod';

import { AUTHORIZATION_API_VERSION, type Arm } from '../arm/authorization-path.js';
import { parseReply } from '../arm/parse-reply.js';
import { nextPause, pause } from '../arm/pause.js';
import { findRoleAssignment } from '../role-assignments/find-role-assignment.js';
import { getRoleDefinition } from '../role-definitions/get-role-definition.js';
import { permissionEntries } from '../role-definitions/permission-entry.js';
import type { AccessGrant, AccessReceipt } from './access-receipt.js';

/** How long, and through whose eyes, {@link waitForAccess} waits. */
export interface WaitForAccessOptions {
  /**
   * A client of whoever got the access: Azure is asked what that caller may do at each scope, which is the only
   * certain way. Default: none; then it waits until Azure lists the assignments, which comes earlier.
   */
  readonly as?: Arm | undefined;
  /** In milliseconds. Default 600,000: Azure promises ten minutes. */
  readonly timeoutMs?: number | undefined;
  /** Told before each further look. */
  readonly onWait?: ((wait: AccessWait) => void) | undefined;
  /** Measures the waiting. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Ends the waiting with `AML_CANCELLED`; the access stays. */
  readonly signal?: AbortSignal | undefined;
}

/** What is told while access is waited for. */
export interface AccessWait {
  /** 1 for the first look. */
  readonly attempt: number;
  /** Milliseconds until the next look. */
  readonly delayMs: number;
  /** The grants that cannot be seen as yet. */
  readonly missing: readonly AccessGrant[];
}

const TIMEOUT_MS = 600_000;
const MAX_PAUSE_MS = 15_000;

/**
 * Waits until the grants of a receipt can be seen.
 *
 * @throws {AmlAuthError} `AML_TIMEOUT` that names what cannot be seen: the assignments are there, and nothing is
 *   taken back; what the `ArmClient` throws
 */
export async function waitForAccess(
  arm: Arm,
  receipt: AccessReceipt,
  options: WaitForAccessOptions = {},
): Promise<void> {
  const { clock = systemClock, timeoutMs = TIMEOUT_MS, as, signal } = options;
  const end = clock.monotonic() + timeoutMs;
  const isVisible =
    as === undefined
      ? (grant: AccessGrant) => isListed(arm, receipt, grant, signal)
      : await effectiveFor(arm, as, receipt, signal);
  let missing = receipt.grants;
  for (let attempt = 1; ; attempt += 1) {
    const seen = await Promise.all(missing.map(isVisible));
    missing = missing.filter((_, index) => seen[index] !== true);
    if (missing.length === 0) return;
    const delayMs = nextPause(attempt, MAX_PAUSE_MS);
    if (clock.monotonic() + delayMs > end) throw tooLate(missing, timeoutMs);
    options.onWait?.({ attempt, delayMs, missing });
    await pause(clock, delayMs, signal);
  }
}

async function isListed(
  arm: Arm,
  { principal }: AccessReceipt,
  { scope, roleDefinitionId }: AccessGrant,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const target = { scope, roleDefinitionId, principalId: principal.objectId };
  return (await findRoleAssignment(arm, { ...target, signal })) !== undefined;
}

/** Whether the caller's own permissions at the scope have all that the role gives. */
async function effectiveFor(
  arm: Arm,
  as: Arm,
  { grants }: AccessReceipt,
  signal: AbortSignal | undefined,
): Promise<(grant: AccessGrant) => Promise<boolean>> {
  const wanted = new Map<string, readonly string[]>();
  for (const { scope, roleDefinitionId: role } of grants) {
    const known = builtInRoles.find(({ id }) => id === role);
    const { permissions } = known ?? (await getRoleDefinition(arm, { scope, role, signal }));
    wanted.set(role, permissions.map(textOf));
  }
  return async ({ scope, roleDefinitionId }) => {
    const held = new Set(await ownPermissions(as, scope, signal));
    return wanted.get(roleDefinitionId)?.every((entry) => held.has(entry)) === true;
  };
}

const ownEntries = z.object({ permissions: permissionEntries });

async function ownPermissions(
  as: Arm,
  scope: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const path = `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/permissions`;
  const entries: unknown[] = [];
  for await (const item of as.list({ path, apiVersion: AUTHORIZATION_API_VERSION, signal }))
    entries.push(item);
  return parseReply(ownEntries, { permissions: entries }, 'list of permissions').permissions.map(textOf);
}

function textOf({ actions, notActions, dataActions, notDataActions }: PermissionEntry): string {
  const lists = [actions, notActions, dataActions, notDataActions];
  return JSON.stringify(lists.map((list) => list.map((text) => text.trim().toLowerCase()).sort()));
}

function tooLate(missing: readonly AccessGrant[], ms: number): AmlAuthError {
  const names = missing.map(({ roleName, scope }) => `${roleName} at ${scope}`);
  return new AmlAuthError({
    code: 'AML_TIMEOUT',
    message: `Assigned, and not in effect after ${String(Math.round(ms / 1000))} seconds: ${names.join(', ')}.`,
    remedy:
      'Wait longer: the assignments are there. Azure Machine Learning may take up to an hour, and a new group membership needs a new sign-in.',
  });
}
