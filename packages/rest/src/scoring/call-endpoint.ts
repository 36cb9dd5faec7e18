import {
  AmlAuthError,
  cancelled,
  isAmlAuthError,
  toAmlAuthError,
  type Clock,
  type Logger,
} from '@aml-auth/core';
import { retryDelayMs, type Failure } from '../http/retry-policy.js';
import { timeLimit, wait } from '../http/time-limit.js';
import { isPassingFailure } from '../http/transport-failure.js';
import type { AccessKeeper, EndpointAccess } from './endpoint-access.js';
import type { EndpointSecret } from './endpoint-secrets.js';
import type { ScoreInput } from './score-input.js';
import type { ScoreOptions } from './score-options.js';
import { isScoringError } from './scoring-error.js';
import { sendScore, type ScoreReply, type ScoreSender } from './send-score.js';

/** What {@link callEndpoint} works with. */
export interface CallContext extends ScoreSender {
  readonly keeper: AccessKeeper;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

/** One call of an endpoint. */
export interface EndpointCall {
  readonly name: string;
  readonly input: ScoreInput;
  readonly retry: NonNullable<ScoreOptions['retry']>;
  readonly timeLimitMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Calls an endpoint until it answers, may not be called again, or the time is over.
 *
 * @throws {AmlAuthError} the error of the last attempt
 */
export async function callEndpoint(context: CallContext, call: EndpointCall): Promise<ScoreReply> {
  const { clock } = context;
  if (call.signal?.aborted === true) throw cancelled(call.signal);
  const end = clock.monotonic() + call.timeLimitMs;
  const limit = timeLimit(clock, call.timeLimitMs, call.signal);
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await attemptWithSecrets(context, call, limit.signal);
      } catch (error) {
        const known = toAmlAuthError(error);
        if (limit.signal.aborted) throw known;
        const delayMs = delayOf(context, call, known, attempt, end - clock.monotonic());
        if (delayMs === undefined) throw known;
        context.logger.info({ event: 'scoring.retry', endpoint: call.name, code: known.code, attempt });
        await wait(clock, delayMs, limit.signal);
      }
    }
  } catch (error) {
    throw limit.timedOut ? outOfTime(call) : error;
  } finally {
    limit.end();
  }
}

/** Tries what is known; after a refusal reads once what holds now, and tries what was not refused yet. */
async function attemptWithSecrets(
  context: CallContext,
  call: EndpointCall,
  signal: AbortSignal,
): Promise<ScoreReply> {
  const { keeper } = context;
  const { name, input } = call;
  const refused = new Set<string>();

  async function tryOne(
    { facts }: EndpointAccess,
    secret: EndpointSecret,
  ): Promise<ScoreReply | AmlAuthError> {
    try {
      return await sendScore(context, { ...facts, name }, secret.credential, input, signal);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.add(secret.id);
      return error;
    }
  }

  const known = await keeper.get(signal);
  let outcome = await tryOne(known, await known.secrets.best());
  if (!isAmlAuthError(outcome)) return outcome;
  context.logger.info({ event: 'scoring.renew', endpoint: name, status: outcome.status });
  const renewed = await renewedOr(keeper, known, signal);
  for (const secret of await renewed.secrets.all()) {
    if (refused.has(secret.id)) continue;
    outcome = await tryOne(renewed, secret);
    if (isAmlAuthError(outcome)) continue;
    renewed.secrets.prefer(secret);
    return outcome;
  }
  throw outcome;
}

/** What holds now; where that cannot be read, what is known has perhaps a second key. */
async function renewedOr(
  keeper: AccessKeeper,
  known: EndpointAccess,
  signal: AbortSignal,
): Promise<EndpointAccess> {
  try {
    return await keeper.renew(known, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return known;
  }
}

/** An endpoint that does not accept a key or token, or what it stands for. */
function isRefusal(error: unknown): error is AmlAuthError {
  if (!isAmlAuthError(error)) return false;
  const { code, status } = error;
  return (code === 'AML_UNAUTHENTICATED' && status === 401) || (code === 'AML_FORBIDDEN' && status === 403);
}

function delayOf(
  { random }: CallContext,
  { retry }: EndpointCall,
  error: AmlAuthError,
  attempt: number,
  remainingMs: number,
): number | undefined {
  const failure = failureOf(error);
  if (failure === undefined) return undefined;
  // A 429 comes from the front end: the container has not seen the request.
  const isUnseen = failure.kind === 'status' && failure.status === 429;
  const mode = isUnseen && retry === 'safe' ? 'always' : retry;
  const { retryAfterMs } = error;
  return retryDelayMs({
    method: 'POST',
    mode,
    failure,
    attempt,
    retryAfterMs,
    remainingMs,
    random: random(),
  });
}

function failureOf(error: AmlAuthError): Failure | undefined {
  if (isPassingFailure(error)) return { kind: 'network' };
  return isScoringError(error) ? { kind: 'status', status: error.status ?? 0 } : undefined;
}

function outOfTime({ name, timeLimitMs }: EndpointCall): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_TIMEOUT',
    message: `The endpoint ${name} had no answer within ${String(Math.round(timeLimitMs / 1000))} seconds.`,
    remedy: 'Raise timeLimitMs, or send less at once.',
  });
}
