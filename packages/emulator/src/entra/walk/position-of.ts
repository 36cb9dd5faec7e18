import type { Tenant, User } from '../../core/directory-rows.js';
import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import type { UserAccess } from '../conditional-access/evaluate-user-access.js';
import { entraRefusal } from '../entra-refusal.js';
import { grantedScopes } from '../users/granted-scopes.js';
import { readScope } from '../users/read-scope.js';
import { findSignInClient } from '../users/sign-in-client.js';
import { nextStep } from './next-step.js';

/** Where a walk through the sign-in pages is. */
export interface Position {
  readonly step: ReturnType<typeof nextStep>;
  readonly user: User | undefined;
  readonly tenant?: Tenant;
  /** Permissions that the user has not given yet. */
  readonly missing: readonly string[];
}

/**
 * Where a walk is. Once the user is known, so are the tenant and what it has.
 *
 * @throws a refusal: AADSTS90002, and those of {@link findSignInClient} and {@link readScope}
 */
export function positionOf(call: Call, walk: SignInWalk): Position {
  const { store } = call.world;
  const user = walk.userId === null ? undefined : store.get('users', walk.userId);
  if (user === undefined) return { step: nextStep(walk, undefined, []), user, missing: [] };
  const tenant = store.get('tenants', user.tenantId);
  if (tenant === undefined) throw entraRefusal(90002, { tenant: user.tenantId });
  const client = findSignInClient(call, tenant, walk.request.clientId);
  const target = readScope(call, tenant, walk.request.scope);
  const { missing } = grantedScopes(store, client, user.id, target);
  return { step: nextStep(walk, user, missing), user, tenant, missing };
}

/** What Conditional Access is to know of a walk. */
export function accessOfWalk(
  call: Call,
  tenant: Tenant,
  { request, amr, authTime }: SignInWalk,
  user: User,
): UserAccess {
  const { audience } = readScope(call, tenant, request.scope);
  const { isPublic: isPublicClient } = findSignInClient(call, tenant, request.clientId);
  const byDeviceCode = request.kind === 'device';
  const contexts = request.kind === 'authorize' ? request.contexts : [];
  return { user, audience, isPublicClient, amr, authTime, byDeviceCode, contexts };
}
