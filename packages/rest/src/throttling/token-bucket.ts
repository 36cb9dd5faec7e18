/** The kinds of requests that Azure Resource Manager counts apart. */
export type RequestKind = 'reads' | 'writes' | 'deletes';

/**
 * What is known of one bucket. `assumed`: nothing yet, the limits of Azure are taken; `told`: the service
 * says what is left; `free`: the service answers without saying so, and nothing holds requests back but a
 * pause. Times in milliseconds of the monotonic clock.
 */
export interface TokenBucket {
  readonly basis: 'assumed' | 'told' | 'free';
  readonly tokens: number;
  readonly mark: number;
  readonly pausedUntil: number;
}

/** What a reply says of its bucket. */
export interface BucketReply {
  /** `x-ms-ratelimit-remaining-…`: requests that are left. */
  readonly remaining: number | undefined;
  /** Requests that have been sent and not been answered: `remaining` may not count them yet. */
  readonly unanswered: number;
  /** After 429: how long nothing may be sent, in milliseconds. */
  readonly pauseMs: number | undefined;
}

/** Size and refill per second of the buckets of Azure Resource Manager since 2024, per principal. */
const LIMITS: Readonly<Record<RequestKind, { readonly size: number; readonly perSecond: number }>> = {
  reads: { size: 250, perSecond: 25 },
  writes: { size: 200, perSecond: 10 },
  deletes: { size: 200, perSecond: 10 },
};

/** A bucket of which nothing is known. */
export function newBucket(kind: RequestKind, now: number): TokenBucket {
  return { basis: 'assumed', tokens: LIMITS[kind].size, mark: now, pausedUntil: Number.NEGATIVE_INFINITY };
}

/** The bucket after a request was sent. */
export function withRequest(bucket: TokenBucket, kind: RequestKind, now: number): TokenBucket {
  const filled = refilled(bucket, kind, now);
  return { ...filled, tokens: filled.tokens - 1 };
}

/** The bucket after a reply. A pause only grows. */
export function withReply(
  bucket: TokenBucket,
  kind: RequestKind,
  reply: BucketReply,
  now: number,
): TokenBucket {
  const filled = refilled(bucket, kind, now);
  if (reply.pauseMs !== undefined) {
    const pausedUntil = Math.max(filled.pausedUntil, now + reply.pauseMs);
    return { basis: 'told', tokens: Math.min(0, filled.tokens), mark: now, pausedUntil };
  }
  if (reply.remaining !== undefined) {
    return { ...filled, basis: 'told', tokens: reply.remaining - reply.unanswered };
  }
  return filled.basis === 'assumed' ? { ...filled, basis: 'free' } : filled;
}

/**
 * How long the next request must wait, in milliseconds, with `before` others ahead of it. 0 for not at all.
 */
export function waitMs(bucket: TokenBucket, kind: RequestKind, now: number, before = 0): number {
  const pause = Math.max(0, bucket.pausedUntil - now);
  if (bucket.basis === 'free') return pause;
  const short = before + 1 - refilled(bucket, kind, now).tokens;
  return Math.max(pause, short <= 0 ? 0 : (short / LIMITS[kind].perSecond) * 1000);
}

/** More than the size may be left where the limits are other ones: then it grows no further. */
function refilled(bucket: TokenBucket, kind: RequestKind, now: number): TokenBucket {
  const { size, perSecond } = LIMITS[kind];
  const gained = (Math.max(0, now - bucket.mark) / 1000) * perSecond;
  return { ...bucket, mark: now, tokens: Math.max(bucket.tokens, Math.min(size, bucket.tokens + gained)) };
}
