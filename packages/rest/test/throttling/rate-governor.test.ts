import { manualClock } from '@aml-auth/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateGovernor, type GovernedReply } from '../../src/throttling/rate-governor.js';
import { requestBucket } from '../../src/throttling/request-bucket.js';
import { newBucket, waitMs, withReply, withRequest } from '../../src/throttling/token-bucket.js';

const S1 = 'https://management.azure.com/subscriptions/S1/resourceGroups/x?api-version=1';
const READS = requestBucket('GET', S1);
const WRITES = requestBucket('PUT', S1);

function reply(status: number, more: Partial<GovernedReply> = {}): GovernedReply {
  return { status, headers: new Headers(), armCode: undefined, retryAfterMs: undefined, ...more };
}

/** Sends `count` requests and tells how many may go at any time. */
function enterMany(governor: ReturnType<typeof rateGovernor>, count: number, remainingMs = 300_000) {
  const state = { gone: 0, order: [] as number[], errors: [] as unknown[] };
  for (let index = 0; index < count; index += 1) {
    governor.enter(READS, remainingMs, undefined).then(
      () => {
        state.gone += 1;
        state.order.push(index);
      },
      (error: unknown) => state.errors.push(error),
    );
  }
  return state;
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('requestBucket', () => {
  it.each([
    ['GET', S1, 's1 reads', 'subscription'],
    ['HEAD', S1.replace('S1', 's1'), 's1 reads', 'subscription'],
    ['POST', S1, 's1 writes', 'subscription'],
    ['DELETE', S1, 's1 deletes', 'subscription'],
    ['GET', 'https://management.azure.com/subscriptions?api-version=1', 'tenant reads', 'tenant'],
    ['PUT', 'https://management.azure.com/providers/a', 'tenant writes', 'tenant'],
  ])('%s %s', (method, url, id, scope) => {
    expect(requestBucket(method, url)).toMatchObject({ id, scope });
  });
});

describe('rateGovernor', () => {
  it('holds a burst at the size of the bucket until the service has answered', async () => {
    const governor = rateGovernor(manualClock());
    const state = enterMany(governor, 300);
    await settle();
    expect(state.gone).toBe(250);
    governor.leave(READS, reply(200));
    await settle();
    expect(state.gone).toBe(300);
  });

  it('lets a poll go before requests that wait longer, and polls in their order', async () => {
    const clock = manualClock();
    const governor = rateGovernor(clock);
    enterMany(governor, 250);
    await settle();
    const order: string[] = [];
    const enter = (name: string, first: boolean): void => {
      void governor.enter(READS, 300_000, undefined, first).then(() => order.push(name));
    };
    enter('listing', false);
    enter('poll 1', true);
    enter('poll 2', true);
    for (let turn = 0; turn < 3; turn += 1) {
      clock.advance(40);
      await settle();
    }
    expect(order).toEqual(['poll 1', 'poll 2', 'listing']);
  });

  it('goes by what the service says is left, less what is on its way, and then by the refill', async () => {
    const clock = manualClock();
    const governor = rateGovernor(clock);
    const state = enterMany(governor, 300);
    await settle();
    governor.leave(
      READS,
      reply(200, { headers: new Headers({ 'x-ms-ratelimit-remaining-subscription-reads': '259' }) }),
    );
    await settle();
    expect(state.gone).toBe(260);
    clock.advance(1_000);
    await settle();
    expect(state.gone).toBe(285);
    expect(state.order).toEqual(state.order.toSorted((a, b) => a - b));
  });

  it('pauses the whole bucket on 429, and no other', async () => {
    const clock = manualClock();
    const governor = rateGovernor(clock);
    await governor.enter(READS, 300_000, undefined);
    governor.leave(READS, reply(429, { retryAfterMs: 17_000 }));
    const state = enterMany(governor, 10);
    await governor.enter(WRITES, 300_000, undefined);
    clock.advance(16_999);
    await settle();
    expect(state.gone).toBe(0);
    clock.advance(1);
    await settle();
    expect(state.gone).toBe(10);
    expect(clock.pending).toBe(0);
  });

  it('does not pause for a resource that is busy', async () => {
    const governor = rateGovernor(manualClock());
    await governor.enter(READS, 300_000, undefined);
    governor.leave(
      READS,
      reply(429, { retryAfterMs: 17_000, armCode: 'RetryableErrorDueToAnotherOperation' }),
    );
    const state = enterMany(governor, 1);
    await settle();
    expect(state.gone).toBe(1);
  });

  it('refuses at once what would wait too long, also where the pause comes later', async () => {
    const clock = manualClock();
    const governor = rateGovernor(clock);
    await governor.enter(READS, 300_000, undefined);
    governor.leave(READS, reply(429, { retryAfterMs: 5_000 }));
    const state = enterMany(governor, 2, 10_000);
    await settle();
    expect(state.errors).toEqual([]);
    await expect(governor.enter(READS, 4_000, undefined)).rejects.toMatchObject({
      code: 'AML_THROTTLED',
      retryAfterMs: expect.any(Number) as number,
    });
    governor.leave(READS, reply(429, { retryAfterMs: 60_000 }));
    await settle();
    expect(state.errors).toHaveLength(2);
    expect(state.errors[0]).toMatchObject({ code: 'AML_THROTTLED', retryAfterMs: 60_000 });
    expect(clock.pending).toBe(0);
  });

  it('lets a caller leave the queue, without a timer behind', async () => {
    const clock = manualClock();
    const governor = rateGovernor(clock);
    await governor.enter(READS, 300_000, undefined);
    governor.leave(READS, reply(429, { retryAfterMs: 5_000 }));
    const controller = new AbortController();
    const pending = governor.enter(READS, 300_000, controller.signal);
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    expect(clock.pending).toBe(0);
  });
});

describe('the bucket', () => {
  it('never lets more through than its size and its refill', () => {
    const step = fc.record({ afterMs: fc.nat(5_000), wants: fc.nat(300) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let bucket = withReply(
          newBucket('reads', 0),
          'reads',
          { remaining: 250, unanswered: 0, pauseMs: undefined },
          0,
        );
        let now = 0;
        let sent = 0;
        for (const { afterMs, wants } of steps) {
          now += afterMs;
          for (let one = 0; one < wants && waitMs(bucket, 'reads', now) <= 0; one += 1) {
            bucket = withRequest(bucket, 'reads', now);
            sent += 1;
          }
          expect(sent).toBeLessThanOrEqual(250 + (now / 1000) * 25 + 1e-6);
        }
      }),
    );
  });
});
