import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelayMs, type FailedAttempt } from '../../src/http/retry-policy.js';

const BASE: FailedAttempt = {
  method: 'GET',
  mode: 'safe',
  failure: { kind: 'status', status: 503 },
  attempt: 1,
  retryAfterMs: undefined,
  remainingMs: 300_000,
  random: 0.5,
};

describe('retryDelayMs', () => {
  it.each([
    ['GET', 504, true],
    ['PUT', 503, true],
    ['DELETE', 429, true],
    ['PUT', 504, false],
    ['DELETE', 504, false],
    ['POST', 503, false],
    ['PATCH', 429, false],
    ['GET', 501, false],
    ['GET', 400, false],
    ['GET', 404, false],
  ])('%s after %i: %s', (method, status, repeats) => {
    const delay = retryDelayMs({ ...BASE, method, failure: { kind: 'status', status } });
    expect(delay !== undefined).toBe(repeats);
  });

  it('repeats reads after a timeout, writes never', () => {
    const failure = { kind: 'timeout' } as const;
    expect(retryDelayMs({ ...BASE, failure })).toBeDefined();
    expect(retryDelayMs({ ...BASE, method: 'PUT', failure })).toBeUndefined();
  });

  it('repeats nothing in the mode never', () => {
    expect(retryDelayMs({ ...BASE, mode: 'never' })).toBeUndefined();
  });

  it('never waits shorter than asked, nor beyond the time that is left', () => {
    const anyAttempt = fc.record({
      method: fc.constantFrom('GET', 'PUT', 'POST'),
      mode: fc.constantFrom('safe' as const, 'always' as const),
      failure: fc.constantFrom(
        { kind: 'status', status: 429 } as const,
        { kind: 'network' } as const,
        { kind: 'timeout' } as const,
      ),
      attempt: fc.integer({ min: 1, max: 10 }),
      retryAfterMs: fc.option(fc.nat(10_000_000), { nil: undefined }),
      remainingMs: fc.integer({ min: -1000, max: 600_000 }),
      random: fc.double({ min: 0, max: 0.999, noNaN: true }),
    });
    fc.assert(
      fc.property(anyAttempt, (failed) => {
        const delay = retryDelayMs(failed);
        if (delay === undefined) return;
        expect(delay).toBeGreaterThan(failed.retryAfterMs ?? 0);
        expect(delay).toBeLessThan(failed.remainingMs);
        expect(failed.attempt).toBeLessThan(6);
      }),
    );
  });
});
