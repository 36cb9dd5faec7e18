import { estimateClockSkew } from '@aml-auth/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const NOON = Date.UTC(2026, 0, 1, 12);
const dated = (date: string) => new Headers({ date });

describe('estimateClockSkew', () => {
  it('finds the difference, and says how wrong it may be', () => {
    const skew = estimateClockSkew(dated('Thu, 01 Jan 2026 12:10:00 GMT'), NOON, NOON + 400);
    expect(skew).toEqual({ ms: 600_300, errorMs: 700 });
  });

  it('is never further from the truth than it says', () => {
    const day = 86_400_000;
    fc.assert(
      fc.property(
        fc.integer({ min: -day, max: day }),
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (truth, fraction, trip, share) => {
          const sent = NOON + fraction;
          const date = new Date(sent + Math.round(share * trip) + truth).toUTCString();
          const skew = estimateClockSkew(dated(date), sent, sent + trip);
          expect(Math.abs((skew?.ms ?? Number.NaN) - truth)).toBeLessThanOrEqual(skew?.errorMs ?? -1);
        },
      ),
    );
  });

  it.each(['', 'yesterday', '-5', '2026-01-01T12:00:00Z', 'Thu, 01 Jan 2026 99:00:00 GMT'])(
    'has no opinion on the date %j',
    (date) => {
      expect(estimateClockSkew(dated(date), NOON, NOON + 1)).toBeUndefined();
    },
  );

  it('has no opinion without a date, and when the own clock jumped back meanwhile', () => {
    expect(estimateClockSkew(new Headers(), NOON, NOON)).toBeUndefined();
    expect(estimateClockSkew(dated('Thu, 01 Jan 2026 12:10:00 GMT'), NOON, NOON - 1)).toBeUndefined();
  });
});
