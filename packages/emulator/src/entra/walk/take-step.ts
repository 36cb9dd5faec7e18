import type { User } from '../../core/directory-rows.js';
import { hashSecret } from '../../core/secret-hash.js';
import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { aadstsText } from '../entra-refusal.js';
import type { PageStep } from '../pages/walk-pages.js';
import { takeSession } from '../sessions/take-session.js';
import { checkPassword } from '../users/check-password.js';
import { findUser, matchesPassword } from '../users/find-user.js';

/** The walk after a step, or why the step cannot be taken. */
export type StepResult = { readonly walk: SignInWalk } | { readonly problem: string };

/** Takes what a person entered on the page of a step. */
export function takeStep(call: Call, walk: SignInWalk, step: PageStep, fields: URLSearchParams): StepResult {
  switch (step) {
    case 'account':
      return takeAccount(call, walk, (fields.get('username') ?? '').trim());
    case 'password':
      return takePassword(call, walk, fields.get('password') ?? '');
    case 'newPassword':
      return takeNewPassword(call, walk, fields.get('new_password') ?? '');
    case 'mfa':
      return { walk: { ...walk, amr: [...walk.amr, 'mfa'] } };
    case 'consent':
      return { walk: { ...walk, consented: true } };
    case 'confirm':
      return { walk: { ...walk, confirmed: true } };
  }
}

/** Whoever belongs to another tenant learns that after the password. */
function takeAccount(call: Call, walk: SignInWalk, username: string): StepResult {
  const user = accountOf(call, walk, username);
  if (user !== undefined) return { walk: takeSession(call, { ...walk, username }, user) };
  return {
    problem:
      'AADSTS50034: This username may be incorrect. Make sure you typed it correctly; the account must be in the seed of the emulator.',
  };
}

function takePassword(call: Call, walk: SignInWalk, password: string): StepResult {
  const user = accountOf(call, walk, walk.username ?? '');
  const problem = user === undefined ? 50126 : checkPassword(call.world, user, password);
  if (user === undefined || problem === 50126) {
    return { problem: 'AADSTS50126: Your account or password is incorrect.' };
  }
  const mustChangePassword = problem === 50055;
  if (problem !== undefined && !mustChangePassword) return { problem: aadstsText(problem) };
  const { tenantId, clientId } = walk.request;
  if (tenantId !== null && tenantId !== user.tenantId) {
    const tenant = call.world.store.get('tenants', tenantId)?.name ?? tenantId;
    return { problem: aadstsText(50020, { user: user.userPrincipalName, tenant, client: clientId }) };
  }
  const authTime = call.world.clock.now();
  return {
    walk: { ...walk, userId: user.id, amr: ['pwd'], authTime, mustChangePassword, sessionId: null },
  };
}

function takeNewPassword(call: Call, walk: SignInWalk, password: string): StepResult {
  const { store } = call.world;
  const user = store.get('users', walk.userId ?? '');
  if (user === undefined || password === '' || matchesPassword(user, password)) {
    return { problem: `${aadstsText(50055)} Choose a new one, which is not the old one.` };
  }
  store.put('users', user.id, {
    ...user,
    passwordHash: hashSecret(user.id, password),
    mustChangePassword: false,
  });
  return { walk: { ...walk, mustChangePassword: false } };
}

function accountOf(call: Call, { request }: SignInWalk, username: string): User | undefined {
  const { store } = call.world;
  return findUser(store, request.tenantId, username) ?? findUser(store, null, username);
}
