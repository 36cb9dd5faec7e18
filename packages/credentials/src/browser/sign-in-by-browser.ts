import { abortable, type Clock, type TokenRequest } from '@aml-auth/core';
import { entraError, type SignInSubject } from '../entra/entra-error.js';
import { parseUserReply, type UserReply } from '../entra/parse-user-reply.js';
import { isGrant, postForm } from '../lib/http/post-form.js';
import { createSender } from '../lib/http/sender.js';
import { tokenEndpoint, userFields } from '../lib/user-session.js';
import { authorizeUrl, makeProof, type SignInProof, type SignInWishes } from './authorize-url.js';
import { browserError, foreignAnswer, tooLate } from './browser-error.js';
import { listenForAnswer, type BrowserAnswer } from './loopback-listener.js';
import type { RedirectTarget } from './redirect-target.js';
import type { ResultPages } from './result-page.js';

/** How a person is asked. */
export interface BrowserSignIn {
  readonly subject: SignInSubject;
  readonly clock: Clock;
  readonly fetch: typeof fetch | undefined;
  readonly target: RedirectTarget;
  readonly wishes: SignInWishes;
  readonly pages: ResultPages;
  /** Opens the address. A promise may stay open; its rejection ends the sign-in. */
  readonly open: (url: string) => unknown;
  /** Longest wait for the person and the code's exchange together, in milliseconds. */
  readonly timeLimitMs: number;
}

/**
 * The authorization code grant of RFC 6749 section 4.1 for native applications (RFC 8252): PKCE, a loopback
 * listener for one answer, and the browser of the person. Made here and not by msal-node, whose listener
 * has neither a time limit nor a way to cancel, and listens at one of the two addresses of localhost only.
 *
 * @throws {AmlAuthError} `AML_TIMEOUT`, `AML_CANCELLED`, `AML_UNAVAILABLE`, what the authority answers, and
 *   what `open` throws
 */
export async function signInByBrowser(
  how: BrowserSignIn,
  request: TokenRequest,
  signal: AbortSignal,
): Promise<UserReply> {
  const { subject, clock, timeLimitMs } = how;
  const proof = makeProof();
  const deadline = clock.monotonic() + timeLimitMs;
  const listener = await listenForAnswer(how.target, proof.state, how.pages);
  const limit = new AbortController();
  const cancelTimer = clock.schedule(timeLimitMs, () => {
    limit.abort();
  });
  const until = AbortSignal.any([signal, limit.signal]);
  try {
    const url = authorizeUrl(subject, request, listener.redirectUri, proof, how.wishes);
    // A browser that has been opened is no news: only its failure, and the answer, are.
    const opened = Promise.resolve(how.open(url)).then(() => new Promise<never>(() => undefined));
    const answer = await abortable(Promise.race([listener.answer, opened]), until);
    return await showOutcome(answer, () => redeem(answer, listener.redirectUri));
  } catch (error) {
    if (limit.signal.aborted && !signal.aborted) throw tooLate(subject, timeLimitMs);
    throw error;
  } finally {
    cancelTimer();
    listener.close();
  }

  async function redeem({ fields }: BrowserAnswer, redirectUri: string): Promise<UserReply> {
    if (fields.has('error')) throw browserError(fields, subject, clock.now());
    requireIssuer(fields, subject);
    const send = createSender({
      fetch: how.fetch,
      clock,
      limitMs: Math.max(0, deadline - clock.monotonic()),
      signal: until,
    });
    const { reply, body } = await postForm(send, tokenEndpoint(subject), {
      grant_type: 'authorization_code',
      code: fields.get('code') ?? '',
      code_verifier: proof.codeVerifier,
      redirect_uri: redirectUri,
      ...userFields(subject.clientId, request),
    });
    if (!isGrant({ reply, body })) throw entraError(reply, body, subject, clock.now());
    const user = parseUserReply(body, clock.now(), subject.authorityHost);
    requireNonce(body, proof, subject);
    return user;
  }
}

/** The browser waits until the outcome is known, so that its page tells the truth. */
async function showOutcome(answer: BrowserAnswer, work: () => Promise<UserReply>): Promise<UserReply> {
  try {
    const reply = await work();
    await answer.show('signedIn');
    return reply;
  } catch (error) {
    await answer.show('failed');
    throw error;
  }
}

/** RFC 9207: where the answer names its issuer, it must be the authority that was asked. */
function requireIssuer(fields: URLSearchParams, subject: SignInSubject): void {
  const issuer = fields.get('iss');
  if (issuer === null || URL.parse(issuer)?.origin === subject.authorityHost) return;
  throw foreignAnswer(subject, 'its issuer is another one');
}

/** The ID token came over TLS from the token endpoint (OpenID Connect Core 3.1.3.7): its nonce is compared. */
function requireNonce(body: unknown, { nonce }: SignInProof, subject: SignInSubject): void {
  const token = (body as { id_token?: unknown }).id_token;
  if (typeof token === 'string' && nonceIn(token) === nonce) return;
  throw foreignAnswer(subject, 'its ID token is missing, or has another nonce');
}

function nonceIn(token: string): unknown {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    return (JSON.parse(payload) as { nonce?: unknown } | null)?.nonce;
  } catch {
    return undefined;
  }
}
