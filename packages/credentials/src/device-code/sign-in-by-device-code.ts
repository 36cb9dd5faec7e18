import type { Clock, TokenRequest } from '@aml-auth/core';
import { claimsParameter } from '../entra/claims-parameter.js';
import type { SignInSubject } from '../entra/entra-error.js';
import { parseUserReply, type UserReply } from '../entra/parse-user-reply.js';
import { isGrant, postForm } from '../lib/http/post-form.js';
import { createSender } from '../lib/http/sender.js';
import { pause } from '../lib/pause.js';
import { tokenEndpoint, userFields, userScope } from '../lib/user-session.js';
import { decidePoll } from './decide-poll.js';
import { declined, deviceCodeError, tooLate } from './device-code-error.js';
import { parseDeviceCode, type DeviceCodePrompt, type StartedDeviceCode } from './parse-device-code.js';

/** How a person is asked. */
export interface DeviceCodeSignIn {
  readonly subject: SignInSubject;
  readonly clock: Clock;
  readonly fetch: typeof fetch | undefined;
  readonly onPrompt: (prompt: DeviceCodePrompt) => unknown;
  /** Longest wait for the person, in milliseconds. */
  readonly timeLimitMs: number | undefined;
}

/** Longest time for one of the requests, retries included. */
const REQUEST_LIMIT_MS = 60_000;
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/**
 * The device authorization grant of [RFC 8628](https://www.rfc-editor.org/rfc/rfc8628). Made here and
 * not by msal-node, which gives up when it is told to slow down.
 *
 * @throws {AmlAuthError} `AML_TIMEOUT`, `AML_CANCELLED`, what the service answers, and what `onPrompt` throws
 */
export async function signInByDeviceCode(
  how: DeviceCodeSignIn,
  request: TokenRequest,
  signal: AbortSignal,
): Promise<UserReply> {
  const { subject, clock } = how;
  const begun = clock.monotonic();
  const started = await startSignIn(how, request, signal);
  const { prompt } = started;
  const left = prompt.expiresOn - clock.now();
  const deadline = Math.min(clock.monotonic() + left, begun + (how.timeLimitMs ?? Number.POSITIVE_INFINITY));

  const ended = new AbortController();
  try {
    // The prompt may stay open until the person is done: it does not hold up the questions.
    const shown = Promise.resolve(how.onPrompt(prompt)).then(() => new Promise<never>(() => undefined));
    return await Promise.race([poll(AbortSignal.any([signal, ended.signal])), shown]);
  } finally {
    ended.abort();
  }

  async function poll(until: AbortSignal): Promise<UserReply> {
    let { intervalMs } = prompt;
    for (;;) {
      const rest = deadline - clock.monotonic();
      await pause(clock, Math.max(0, Math.min(intervalMs, rest)), until);
      if (intervalMs >= rest) throw tooLate(subject);
      const limitMs = Math.min(REQUEST_LIMIT_MS, deadline - clock.monotonic());
      const send = createSender({ fetch: how.fetch, clock, limitMs, signal: until });
      const answer = await postForm(send, tokenEndpoint(subject), {
        grant_type: GRANT,
        device_code: started.deviceCode,
        ...userFields(subject.clientId, request),
      });
      const decision = decidePoll(answer.reply.status, answer.body, intervalMs);
      switch (decision.then) {
        case 'done':
          return parseUserReply(answer.body, clock.now(), subject.authorityHost);
        case 'wait':
          intervalMs = decision.intervalMs;
          break;
        case 'expired':
          throw tooLate(subject);
        case 'declined':
          throw declined(subject);
        case 'fail':
          throw deviceCodeError(answer, subject, clock.now());
      }
    }
  }
}

async function startSignIn(
  { subject, clock, fetch, timeLimitMs = REQUEST_LIMIT_MS }: DeviceCodeSignIn,
  request: TokenRequest,
  signal: AbortSignal,
): Promise<StartedDeviceCode> {
  const limitMs = Math.min(REQUEST_LIMIT_MS, timeLimitMs);
  const send = createSender({ fetch, clock, limitMs, signal });
  const { authorityHost, tenantId, clientId } = subject;
  const answer = await postForm(send, `${authorityHost}/${tenantId}/oauth2/v2.0/devicecode`, {
    client_id: clientId,
    scope: userScope(request),
    claims: claimsParameter(request.claims, request.enableCae),
  });
  if (!isGrant(answer)) throw deviceCodeError(answer, subject, clock.now());
  return parseDeviceCode(answer.body, clock.now(), authorityHost);
}
