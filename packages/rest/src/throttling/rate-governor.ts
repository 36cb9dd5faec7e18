import { abortable, AmlAuthError, cancelled, type Clock } from '@aml-auth/core';
import { remainingIn, type RequestBucket } from './request-bucket.js';
import { newBucket, waitMs, withReply, withRequest, type TokenBucket } from './token-bucket.js';

/** Keeps the requests of one client within the token buckets of Azure Resource Manager. */
export interface RateGovernor {
  /**
   * Settles when the request may be sent; calls of one bucket in the order in which they came. Each must
   * be followed by {@link RateGovernor.leave}.
   *
   * @param first - goes before the others that wait, as polls do: an operation is not kept waiting by new ones
   * @param remainingMs - the time that is left; a wait that does not fit into it is refused at once
   * @throws {AmlAuthError} `AML_THROTTLED` with `retryAfterMs`, `AML_CANCELLED`
   */
  enter(
    bucket: RequestBucket,
    remainingMs: number,
    signal: AbortSignal | undefined,
    first?: boolean,
  ): Promise<void>;
  /** Notes what the reply said; undefined where none came. */
  leave(bucket: RequestBucket, reply: GovernedReply | undefined): void;
}

/** What a {@link RateGovernor} needs of a reply. */
export interface GovernedReply {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  /** `error.code` of a refusal. */
  readonly armCode: string | undefined;
  readonly retryAfterMs: number | undefined;
}

interface Waiter {
  /** On the monotonic clock, in milliseconds. */
  readonly deadline: number;
  readonly first: boolean;
  readonly go: () => void;
  readonly refuse: (error: AmlAuthError) => void;
}

interface Lane {
  bucket: TokenBucket;
  unanswered: number;
  waiting: Waiter[];
  cancelTimer: () => void;
}

/** Subscriptions that are remembered; beyond that the oldest idle one is forgotten. */
const MAX_LANES = 300;
/** Where 429 does not say how long. */
const DEFAULT_PAUSE_MS = 1_000;
/** 429 of a resource that is busy, which says nothing of rates. */
const BUSY = new Set([
  'RetryableErrorDueToAnotherOperation',
  'AnotherOperationInProgress',
  'OperationNotAllowed',
]);

/** Makes a {@link RateGovernor}. A 429 pauses its whole bucket, so that waiting requests do not add to it. */
export function rateGovernor(clock: Clock): RateGovernor {
  const lanes = new Map<string, Lane>();

  function laneOf({ id, kind }: RequestBucket): Lane {
    const known = lanes.get(id);
    if (known !== undefined) return known;
    const bucket = newBucket(kind, clock.monotonic());
    const lane: Lane = { bucket, unanswered: 0, waiting: [], cancelTimer: () => undefined };
    if (lanes.size >= MAX_LANES) {
      const idle = [...lanes].find(([, held]) => held.unanswered === 0 && held.waiting.length === 0);
      if (idle !== undefined) lanes.delete(idle[0]);
    }
    lanes.set(id, lane);
    return lane;
  }

  function take(lane: Lane, { kind }: RequestBucket): void {
    lane.bucket = withRequest(lane.bucket, kind, clock.monotonic());
    lane.unanswered += 1;
  }

  /** Lets go whom the bucket lets through, refuses who would wait too long, and waits for the next. */
  function proceed(lane: Lane, bucket: RequestBucket): void {
    lane.cancelTimer();
    lane.cancelTimer = () => undefined;
    const now = clock.monotonic();
    let next = lane.waiting[0];
    while (next !== undefined && waitMs(lane.bucket, bucket.kind, now) <= 0) {
      lane.waiting.shift();
      take(lane, bucket);
      next.go();
      next = lane.waiting[0];
    }
    const tooLate = lane.waiting.filter(
      ({ deadline }, before) => now + waitMs(lane.bucket, bucket.kind, now, before) >= deadline,
    );
    for (const waiter of tooLate) waiter.refuse(throttled(bucket, waitMs(lane.bucket, bucket.kind, now)));
    if (tooLate.length > 0) lane.waiting = lane.waiting.filter((waiter) => !tooLate.includes(waiter));
    if (lane.waiting.length === 0) return;
    const ms = Math.max(1, Math.ceil(waitMs(lane.bucket, bucket.kind, now)));
    lane.cancelTimer = clock.schedule(ms, () => {
      proceed(lane, bucket);
    });
  }

  return {
    async enter(bucket, remainingMs, signal, first = false) {
      if (signal?.aborted === true) throw cancelled(signal);
      const lane = laneOf(bucket);
      const now = clock.monotonic();
      const before = first ? lane.waiting.filter((waiter) => waiter.first).length : lane.waiting.length;
      const ms = waitMs(lane.bucket, bucket.kind, now, before);
      if (ms <= 0) {
        take(lane, bucket);
        return;
      }
      if (ms >= remainingMs) throw throttled(bucket, ms);
      let waiter: Waiter | undefined;
      const outcome = { sent: false };
      const turn = new Promise<void>((resolve, reject) => {
        const go = (): void => {
          outcome.sent = true;
          resolve();
        };
        waiter = { deadline: now + remainingMs, first, go, refuse: reject };
        lane.waiting.splice(before, 0, waiter);
      });
      proceed(lane, bucket);
      try {
        await abortable(turn, signal);
      } catch (error) {
        if (outcome.sent) lane.unanswered -= 1;
        lane.waiting = lane.waiting.filter((other) => other !== waiter);
        proceed(lane, bucket);
        throw error;
      }
    },
    leave(bucket, reply) {
      const lane = laneOf(bucket);
      lane.unanswered = Math.max(0, lane.unanswered - 1);
      if (reply !== undefined) {
        const isRate = reply.status === 429 && !BUSY.has(reply.armCode ?? '');
        const facts = {
          remaining: remainingIn(bucket, reply.headers),
          unanswered: lane.unanswered,
          pauseMs: isRate ? (reply.retryAfterMs ?? DEFAULT_PAUSE_MS) : undefined,
        };
        lane.bucket = withReply(lane.bucket, bucket.kind, facts, clock.monotonic());
      }
      if (lane.waiting.length > 0) proceed(lane, bucket);
    },
  };
}

function throttled({ scope, kind }: RequestBucket, ms: number): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_THROTTLED',
    message: `The ${kind} of this ${scope} must wait ${String(Math.ceil(ms / 1000))} seconds for Azure Resource Manager, longer than the time limit of the call; nothing was sent.`,
    remedy: 'Wait as long as retryAfterMs says, send fewer requests at once, or raise timeLimits.totalMs.',
    retryAfterMs: Math.ceil(ms),
  });
}
