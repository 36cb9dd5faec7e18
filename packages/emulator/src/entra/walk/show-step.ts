import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { walkPage, type PageStep } from '../pages/walk-pages.js';
import { findSignInClient } from '../users/sign-in-client.js';

/** The page of a step of a walk. */
export function showStep(
  call: Call,
  context: string,
  { request, username }: SignInWalk,
  step: PageStep,
  more: { readonly problem?: string; readonly scopes?: readonly string[] } = {},
): Response {
  const tenant = request.tenantId === null ? undefined : call.world.store.get('tenants', request.tenantId);
  const hint = request.kind === 'authorize' ? request.loginHint : '';
  return walkPage({
    step,
    context,
    application: findSignInClient(call, tenant, request.clientId).displayName,
    username: username ?? hint,
    scopes: more.scopes ?? [],
    problem: more.problem,
    leadsTo: request.kind === 'authorize' ? request.redirectUri : undefined,
  });
}
