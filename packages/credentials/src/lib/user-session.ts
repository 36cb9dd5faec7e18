import {
  AmlAuthError,
  isAmlAuthError,
  restateError,
  type StoredToken,
  type TokenRequest,
} from '@aml-auth/core';
import { AADSTS_ERRORS } from '../entra/aadsts/aadsts-errors.js';
import { claimsParameter } from '../entra/claims-parameter.js';
import { entraError, type SignInSubject } from '../entra/entra-error.js';
import { mergeClaims } from '../entra/merge-claims.js';
import { parseUserReply, type UserReply } from '../entra/parse-user-reply.js';
import type { UserSessionStore } from '../user-session/user-session-store.js';
import type { AcquireTools } from './create-credential.js';
import { isGrant, postForm } from './http/post-form.js';
import { sharedWork } from './shared-work.js';

/** A person's sign-in, and what follows from it without that person. */
export interface UserSessionOptions {
  readonly authorityHost: string;
  readonly clientId: string;
  /** Whether the person is asked again when a session has ended; never for a refresh in the background. */
  readonly promptAgain: boolean;
  /** Where the session lives beyond this object. Default: nowhere. */
  readonly kept?: UserSessionStore | undefined;
  /** Asks the person. Called once for all callers that wait, whatever their scopes. */
  readonly signIn: (request: TokenRequest, signal: AbortSignal) => Promise<UserReply>;
}

/** The newest refresh token of one sign-in. It stays in this memory, and where the person keeps it. */
interface Session {
  readonly account: string;
  refreshToken: string | undefined;
}

/** A block by policy: the same way of signing in is blocked again. */
const BLOCKED = 53003;

/**
 * Gives tokens of one person: the first by a sign-in, others (also of other resources and tenants) by the
 * refresh token of RFC 6749 section 6, and where that is refused by one more sign-in. The account that
 * signed in first is the only one whose tokens are given.
 *
 * @returns what `createCredential` takes as `acquire`
 */
export function userSession(
  options: UserSessionOptions,
): (request: TokenRequest, tools: AcquireTools) => Promise<StoredToken> {
  const { authorityHost, clientId } = options;
  const { kept } = options;
  let session: Session | undefined;
  const keptSession = kept === undefined ? undefined : oneAtATime(() => readCopy(kept));

  async function keep({ account, refreshToken }: Session): Promise<void> {
    if (kept === undefined || refreshToken === undefined) return;
    await kept.write({ account, refreshToken }).catch(() => undefined);
  }

  // Serialized: a person answers one prompt at a time, and the next caller finds the session it made.
  const prompt = sharedWork(async (request: TokenRequest, signal: AbortSignal) => {
    const reply = await options.signIn(request, signal);
    if (session !== undefined) requireSameAccount(session.account, reply.account);
    session = { account: reply.account, refreshToken: reply.refreshToken };
    await keep(session);
    return { request, token: reply.token };
  });

  async function refresh(current: Session, request: TokenRequest, tools: AcquireTools): Promise<StoredToken> {
    const subject = { authorityHost, clientId, tenantId: request.tenantId };
    if (current.refreshToken === undefined) throw noRefreshToken(subject);
    const { reply, body } = await postForm(tools.send, tokenEndpoint(subject), {
      grant_type: 'refresh_token',
      refresh_token: current.refreshToken,
      ...userFields(clientId, request),
    });
    const now = tools.clock.now();
    if (!isGrant({ reply, body })) throw refused(entraError(reply, body, subject, now), body);
    const renewed = parseUserReply(body, now, authorityHost);
    requireSameAccount(current.account, renewed.account);
    if (renewed.refreshToken !== undefined && renewed.refreshToken !== current.refreshToken) {
      current.refreshToken = renewed.refreshToken;
      await keep(current);
    }
    return renewed.token;
  }

  /** Whether there is another session than the one that was refused: the person may have signed in elsewhere meanwhile. */
  async function findNewer(used: Session): Promise<boolean> {
    const found = await keptSession?.();
    if (session !== used) return true;
    if (found?.account !== used.account || found.refreshToken === used.refreshToken) return false;
    session = found;
    return true;
  }

  return async (asked, tools) => {
    if (session === undefined) {
      const found = await keptSession?.();
      session ??= found;
    }
    let request = asked;
    let tried: Session | undefined;
    let looked = false;
    for (;;) {
      const current = session;
      if (current !== undefined && current !== tried) {
        try {
          return await refresh(current, request, tools);
        } catch (error) {
          if (!helpsToAsk(error)) throw error;
          tried = current;
          // Once: sessions that others keep writing, and that are all refused, must not be tried without end.
          if (!looked) {
            looked = true;
            if (await findNewer(current)) continue;
          }
          if (request.background || !options.promptAgain) throw error;
          // What the policy wants goes to the person: a refresh token cannot satisfy it.
          request = withClaimsOf(error, request);
          // Somebody else may have signed in meanwhile.
          continue;
        }
      }
      const done = await prompt.join(request, tools.signal);
      if (done.request === request) return done.token;
    }
  };
}

/** The kept session as an object of our own, which changes. A store that fails is as good as an empty one. */
async function readCopy(kept: UserSessionStore): Promise<Session | undefined> {
  const found = await kept.read().catch(() => undefined);
  return found === undefined ? undefined : { ...found };
}

/** Calls at the same time share one result. */
function oneAtATime<T>(make: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () =>
    (running ??= make().finally(() => {
      running = undefined;
    }));
}

function withClaimsOf(error: unknown, request: TokenRequest): TokenRequest {
  const wanted = isAmlAuthError(error) ? error.claims : undefined;
  return wanted === undefined ? request : { ...request, claims: mergeClaims(request.claims, wanted) };
}

/** The token endpoint of the tenant that the token is for. */
export function tokenEndpoint({ authorityHost, tenantId }: SignInSubject): string {
  return `${authorityHost}/${tenantId}/oauth2/v2.0/token`;
}

/** The fields that every token request for a person has. */
export function userFields(clientId: string, request: TokenRequest): Record<string, string | undefined> {
  return {
    client_id: clientId,
    client_info: '1',
    scope: userScope(request),
    claims: claimsParameter(request.claims, request.enableCae),
  };
}

/** The scopes, and those that give a refresh token and tell who signed in. */
export function userScope({ scopes }: TokenRequest): string {
  return [...new Set([...scopes, 'openid', 'profile', 'offline_access'])].join(' ');
}

function helpsToAsk(error: unknown): boolean {
  return isAmlAuthError(error) && error.code === 'AML_INTERACTION_REQUIRED' && error.aadsts !== BLOCKED;
}

/** `invalid_grant` without a number that says more: the refresh token is used up (RFC 6749 section 5.2). */
function refused(error: AmlAuthError, body: unknown): AmlAuthError {
  const usedUp = (body as { error?: unknown } | null | undefined)?.error === 'invalid_grant';
  const known = error.aadsts !== undefined && AADSTS_ERRORS[error.aadsts] !== undefined;
  if (error.code !== 'AML_CREDENTIAL_REJECTED' || !usedUp || known) return error;
  return restateError(error, {
    code: 'AML_INTERACTION_REQUIRED',
    remedy: 'Sign in again with fromBrowser or fromDeviceCode.',
  });
}

function noRefreshToken({ clientId, tenantId }: SignInSubject): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_INTERACTION_REQUIRED',
    message: `The sign-in to application ${clientId} came without a refresh token, so that tenant ${tenantId} needs another one.`,
    remedy: 'Sign in again with fromBrowser or fromDeviceCode.',
  });
}

function requireSameAccount(expected: string, actual: string): void {
  if (expected === actual) return;
  throw new AmlAuthError({
    code: 'AML_IDENTITY_MISMATCH',
    message: `The tokens are for the account ${actual}; the account ${expected} signed in before.`,
    remedy: 'Sign in with the same account, or make another credential for the other one.',
  });
}
