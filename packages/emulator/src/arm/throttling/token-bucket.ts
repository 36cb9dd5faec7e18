/** How many requests there may be. */
export interface BucketSize {
  /** Requests that a full bucket lets through at once. */
  readonly size: number;
  /** Requests that it gains a second. */
  readonly perSecond: number;
}

/** A bucket at some time. */
export interface Bucket {
  readonly tokens: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What became of a request. */
export interface Taken {
  readonly isAllowed: boolean;
  readonly bucket: Bucket;
  /** Whole requests that are left. */
  readonly remaining: number;
  /** Seconds until there is one again; 0 where it was allowed. */
  readonly retryAfter: number;
}

/** Takes one request from a bucket. One that is refused takes nothing. */
export function takeToken(size: BucketSize, before: Bucket | undefined, now: number): Taken {
  const tokens = before === undefined ? size.size : refilled(size, before, now);
  const isAllowed = tokens >= 1;
  const left = isAllowed ? tokens - 1 : tokens;
  return {
    isAllowed,
    bucket: { tokens: left, at: now },
    remaining: Math.floor(left),
    retryAfter: isAllowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / size.perSecond)),
  };
}

/** What is in a bucket now. A clock that was put back refills nothing. */
function refilled(size: BucketSize, before: Bucket, now: number): number {
  const seconds = Math.max(0, now - before.at) / 1000;
  return Math.min(size.size, before.tokens + seconds * size.perSecond);
}
