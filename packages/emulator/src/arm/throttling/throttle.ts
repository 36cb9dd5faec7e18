import type { Clock } from '@aml-auth/core';

import { takeToken, type Bucket, type BucketSize } from './token-bucket.js';

/** The kinds of requests that are counted apart. */
export type Operation = 'reads' | 'writes' | 'deletes';

/** The size of the bucket of each kind of request, for one principal in one subscription or tenant. */
export type ThrottleSizes = Readonly<Record<Operation, BucketSize>>;

/** Whom a request is counted for. */
export interface Counted {
  readonly scope: 'subscription' | 'tenant';
  /** Of the subscription or tenant. */
  readonly id: string;
  /** Object id. */
  readonly principalId: string;
  readonly operation: Operation;
}

/** What is left after a request. */
export interface Verdict {
  readonly isAllowed: boolean;
  /** For this principal. */
  readonly remaining: number;
  /** For all principals together. */
  readonly remainingGlobal: number;
  /** Seconds; 0 where it is allowed. */
  readonly retryAfter: number;
}

/** Counts the requests to Azure Resource Manager. */
export interface Throttle {
  take(counted: Counted): Verdict;
}

/**
 * Large enough for any test, so that only those are throttled that ask for it: with a clock that stands
 * still no bucket fills up again.
 */
export const LARGE_SIZES: ThrottleSizes = sizes(100_000, 10_000, 100_000, 10_000);

/** Those of Azure since 2024. */
export const AZURE_SIZES: ThrottleSizes = sizes(250, 25, 200, 10);

/** All principals together may this many times as much as one. */
const GLOBAL = 15;
/** Buckets that are remembered; the oldest make room. */
const LIMIT = 10_000;

/** A {@link Throttle} whose buckets fill up on the clock of the emulator. */
export function createThrottle(of: ThrottleSizes, clock: Clock): Throttle {
  const buckets = new Map<string, Bucket>();

  function keep(key: string, bucket: Bucket): void {
    buckets.delete(key);
    buckets.set(key, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > LIMIT && oldest !== undefined) buckets.delete(oldest);
  }

  return {
    take({ scope, id, principalId, operation }) {
      const now = clock.now();
      const size = of[operation];
      const all = { size: size.size * GLOBAL, perSecond: size.perSecond * GLOBAL };
      const globalKey = `${scope}/${id}/${operation}`;
      const key = `${globalKey}/${principalId}`;
      const own = takeToken(size, buckets.get(key), now);
      const global = takeToken(all, buckets.get(globalKey), now);
      const isAllowed = own.isAllowed && global.isAllowed;
      if (isAllowed) {
        keep(key, own.bucket);
        keep(globalKey, global.bucket);
      }
      return {
        isAllowed,
        remaining: own.remaining,
        remainingGlobal: global.remaining,
        retryAfter: Math.max(own.retryAfter, global.retryAfter),
      };
    },
  };
}

function sizes(reads: number, readRate: number, others: number, otherRate: number): ThrottleSizes {
  const other = { size: others, perSecond: otherRate };
  return { reads: { size: reads, perSecond: readRate }, writes: other, deletes: other };
}
