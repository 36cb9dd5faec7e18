import {
  AmlAuthError,
  cancelled,
  toAmlAuthError,
  type Clock,
  type CorrelationIds,
  type Logger,
} from '@aml-auth/core';
import { pathOf } from '../http/path-of.js';
import { retryDelayMs, type Failure, type RetryMode } from '../http/retry-policy.js';
import { timeLimit, wait } from '../http/time-limit.js';
import { isPassingFailure } from '../http/transport-failure.js';
import type { GovernedReply, RateGovernor } from '../throttling/rate-governor.js';
import { requestBucket } from '../throttling/request-bucket.js';
import { armError } from './arm-error.js';
import { explainRefusal, type ExplainRefusal } from './explain-refusal.js';
import { sendOnce, type IncomingReply, type OutgoingRequest, type PlainSender } from './send-once.js';

/** What all requests of one client share. Times in milliseconds. */
export interface SendContext {
  /** What the names of its log events begin with. */
  readonly service: 'arm' | 'graph';
  readonly send: PlainSender;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly attemptMs: number;
  readonly totalMs: number;
  /** Undefined where nothing holds requests back. */
  readonly governor: RateGovernor | undefined;
  /** Undefined where refusals are told as they are. */
  readonly explain?: ExplainRefusal | undefined;
}

/** How one request may be repeated and stopped. */
export interface SendOptions {
  readonly retry: RetryMode;
  readonly signal: AbortSignal | undefined;
  /** Goes before others that the limits hold back. */
  readonly first?: boolean | undefined;
}

interface FailedSend {
  readonly error: AmlAuthError;
  /** Undefined where a repetition cannot help. */
  readonly failure: Failure | undefined;
  /** Where there was one. */
  readonly reply?: IncomingReply;
}

/**
 * Sends the request until it succeeds, may not be repeated, or the time is over.
 *
 * @throws {AmlAuthError} the error of the last attempt
 */
export async function sendWithRetries(
  context: SendContext,
  request: OutgoingRequest,
  options: SendOptions,
): Promise<IncomingReply> {
  const { clock, logger } = context;
  const end = clock.monotonic() + context.totalMs;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await governedAttempt(context, request, options, end);
    if (!('error' in outcome)) return outcome;
    const { error, failure } = outcome;
    const delayMs =
      failure === undefined
        ? undefined
        : retryDelayMs({
            method: request.method,
            mode: options.retry,
            failure,
            attempt,
            retryAfterMs: error.retryAfterMs,
            remainingMs: end - clock.monotonic(),
            random: context.random(),
          });
    if (delayMs === undefined) throw await explainRefusal(error, context.explain, clock, options.signal);
    logger.info({
      event: `${context.service}.retry`,
      method: request.method,
      code: error.code,
      attempt,
      delayMs: Math.round(delayMs),
    });
    await wait(clock, delayMs, options.signal);
  }
}

/** Waits for the turn of the request, and tells what the reply says of the limits. */
async function governedAttempt(
  context: SendContext,
  request: OutgoingRequest,
  { signal, first }: SendOptions,
  end: number,
): Promise<IncomingReply | FailedSend> {
  const { clock, governor } = context;
  const limitMs = (): number => Math.min(context.attemptMs, Math.max(0, end - clock.monotonic()));
  if (governor === undefined) return attemptOnce(context, request, signal, limitMs());
  const bucket = requestBucket(request.method, request.url);
  await governor.enter(bucket, end - clock.monotonic(), signal, first);
  let outcome: IncomingReply | FailedSend | undefined;
  try {
    outcome = await attemptOnce(context, request, signal, limitMs());
    return outcome;
  } finally {
    governor.leave(bucket, outcome === undefined ? undefined : governedReply(outcome));
  }
}

function governedReply(outcome: IncomingReply | FailedSend): GovernedReply | undefined {
  if (!('error' in outcome)) return { ...outcome, armCode: undefined, retryAfterMs: undefined };
  const { error, reply } = outcome;
  if (reply === undefined) return undefined;
  return { ...reply, armCode: error.armCode, retryAfterMs: error.retryAfterMs };
}

async function attemptOnce(
  context: SendContext,
  request: OutgoingRequest,
  signal: AbortSignal | undefined,
  ms: number,
): Promise<IncomingReply | FailedSend> {
  if (signal?.aborted === true) throw cancelled(signal);
  const started = context.clock.monotonic();
  const limit = timeLimit(context.clock, ms, signal);
  const ids = { correlationId: request.correlationId, clientRequestId: crypto.randomUUID() };
  try {
    const reply = await sendOnce(context.send, request, ids, limit.signal);
    logReply(context, request, reply, context.clock.monotonic() - started);
    return reply.status >= 200 && reply.status < 300 ? reply : refused(context, request, reply);
  } catch (error) {
    if (limit.timedOut) return { error: timeout(request, ids, ms), failure: { kind: 'timeout' } };
    if (limit.signal.aborted) throw cancelled(signal);
    const known = toAmlAuthError(error);
    if (!isPassingFailure(known)) return { error: known, failure: undefined };
    return { error: unanswered(known, request, ids), failure: { kind: 'network' } };
  } finally {
    limit.end();
  }
}

function refused(context: SendContext, request: OutgoingRequest, reply: IncomingReply): FailedSend {
  const { status, headers, text: body, correlation } = reply;
  const { method, url } = request;
  const error = armError({ method, url, status, headers, body, correlation }, context.clock.now());
  return { error, failure: { kind: 'status', status }, reply };
}

/** The same error, with what support asks for. */
function unanswered(
  { code, message, remedy, cause }: AmlAuthError,
  { method, url }: OutgoingRequest,
  correlation: CorrelationIds,
): AmlAuthError {
  return new AmlAuthError({ code, message, remedy, cause, correlation, request: { method, url } });
}

function timeout(request: OutgoingRequest, correlation: CorrelationIds, ms: number): AmlAuthError {
  const { method } = request;
  const { host, pathname } = new URL(request.url);
  const reading = method === 'GET' || method === 'HEAD';
  return new AmlAuthError({
    code: 'AML_TIMEOUT',
    message: `${method} ${pathname} at ${host} had no answer within ${String(Math.round(ms / 1000))} seconds.`,
    remedy: reading
      ? 'Repeat the request, or raise timeLimits of the client.'
      : 'Read the resource before the request is repeated: the service may still be at work on it.',
    correlation,
    request: { method, url: request.url },
  });
}

function logReply(context: SendContext, request: OutgoingRequest, reply: IncomingReply, ms: number): void {
  context.logger.debug({
    event: `${context.service}.response`,
    method: request.method,
    path: pathOf(request.url),
    status: reply.status,
    ms: Math.round(ms),
    ...reply.correlation,
  });
}
