import fc from 'fast-check';
import { expect, test } from 'vitest';

import { takeToken, type Bucket } from '../../../src/arm/throttling/token-bucket.js';

const size = { size: 3, perSecond: 2 };

test('a full bucket lets as many through as it is large, and then one for each that it gains', () => {
  let bucket: Bucket | undefined;
  const take = (now: number) => {
    const taken = takeToken(size, bucket, now);
    bucket = taken.bucket;
    return taken;
  };
  expect([take(0), take(0), take(0)].map(({ remaining }) => remaining)).toEqual([2, 1, 0]);
  expect(take(0)).toMatchObject({ isAllowed: false, remaining: 0, retryAfter: 1 });
  expect(take(499)).toMatchObject({ isAllowed: false });
  expect(take(500)).toMatchObject({ isAllowed: true, retryAfter: 0 });
  expect(take(500)).toMatchObject({ isAllowed: false });
  expect(take(60_000)).toMatchObject({ isAllowed: true, remaining: 2 });
});

test('who waits as long as told is let through', () => {
  fc.assert(
    fc.property(
      fc.record({
        size: fc.integer({ min: 1, max: 50 }),
        perSecond: fc.double({ min: 0.05, max: 50, noNaN: true }),
      }),
      fc.array(fc.integer({ min: -2_000, max: 5_000 }), { maxLength: 100 }),
      (limits, steps) => {
        let bucket: Bucket | undefined;
        let now = 1_000_000;
        for (const step of steps) {
          now += step;
          const taken = takeToken(limits, bucket, now);
          bucket = taken.bucket;
          expect(taken.remaining).toBeGreaterThanOrEqual(0);
          expect(taken.remaining).toBeLessThan(limits.size);
          if (taken.isAllowed) continue;
          const later = takeToken(limits, bucket, now + taken.retryAfter * 1000);
          expect(later.isAllowed).toBe(true);
        }
      },
    ),
  );
});

test('no more is let through than the size and what was gained', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }), (steps) => {
      let bucket: Bucket | undefined;
      let now = 0;
      let allowed = 0;
      for (const step of steps) {
        now += step;
        const taken = takeToken(size, bucket, now);
        bucket = taken.bucket;
        if (taken.isAllowed) allowed += 1;
      }
      expect(allowed).toBeLessThanOrEqual(size.size + Math.floor((now / 1000) * size.perSecond + 1e-6));
    }),
  );
});
