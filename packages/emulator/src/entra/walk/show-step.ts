import { tokenKey } from '../../core/secret-hash.js';
import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { walkPage, type PageStep } from '../pages/walk-pages.js';
import { unguessable } from '../users/one-time-text.js';
import { findSignInClient } from '../users/sign-in-client.js';

/**
 * Keeps a walk between two pages.
 *
 * @param context - what the forms carry; undefined to make it
 * @returns that
 */
export function keepWalk(call: Call, walk: SignInWalk, context: string = unguessable()): string {
  const { store, clock } = call.world;
  // People leave pages open and go away.
  for (const { id, expiresAt } of store.list('signInWalks')) {
    if (expiresAt <= clock.now()) store.remove('signInWalks', id);
  }
  const id = tokenKey(context);
  store.put('signInWalks', id, { ...walk, id });
  return context;
}

/** Ends a walk. */
export function removeWalk(call: Call, context: string | undefined): void {
  if (context !== undefined) call.world.store.remove('signInWalks', tokenKey(context));
}

/** The page of a step of a walk. */
export function showStep(
  call: Call,
  context: string,
  { request, username, sessionId }: SignInWalk,
  step: PageStep,
  more: { readonly problem?: string; readonly scopes?: readonly string[] } = {},
): Response {
  const tenant = request.tenantId === null ? undefined : call.world.store.get('tenants', request.tenantId);
  const hint = request.kind === 'authorize' ? request.loginHint : '';
  const session = sessionId === null ? undefined : call.world.store.get('signInSessions', sessionId);
  const signedIn = call.world.store.get('users', session?.userId ?? '')?.userPrincipalName;
  return walkPage({
    step,
    context,
    application: findSignInClient(call, tenant, request.clientId).displayName,
    username: username ?? (hint === '' ? (signedIn ?? '') : hint),
    scopes: more.scopes ?? [],
    problem: more.problem,
    leadsTo: request.kind === 'authorize' ? request.redirectUri : undefined,
  });
}
