import { setImmediate } from 'node:timers/promises';
import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, it } from 'vitest';
import { circuitBreaker } from '../../src/redis/circuit-breaker.js';

const never = (): Promise<never> => new Promise(() => undefined);
const works = (): Promise<string> => Promise.resolve('value');
const fails = (): Promise<never> => Promise.reject(new TypeError('broken'));

function world() {
  const clock = manualClock();
  const changes: string[] = [];
  const breaker = circuitBreaker({
    clock,
    limitMs: 100,
    failures: 3,
    openMs: 5_000,
    onChange: (state, reason) => void changes.push(reason === undefined ? state : `${state} ${reason}`),
  });
  return { clock, changes, breaker };
}

describe('circuitBreaker', () => {
  it('gives the value, and leaves no timer', async () => {
    const { breaker, clock } = world();
    expect(await breaker.attempt(works)).toEqual({ ok: true, value: 'value' });
    expect(clock.pending).toBe(0);
  });

  it('opens after three failures in a row, and not before', async () => {
    const { breaker, changes } = world();
    await breaker.attempt(fails);
    await breaker.attempt(fails);
    await breaker.attempt(works);
    await breaker.attempt(fails);
    await breaker.attempt(fails);
    expect(changes).toEqual([]);
    expect(await breaker.attempt(fails)).toEqual({ ok: false });
    expect(changes).toEqual(['open TypeError']);
    let ran = false;
    const run = (): Promise<void> => Promise.resolve(void (ran = true));
    expect(await breaker.attempt(run)).toEqual({ ok: false });
    expect(ran).toBe(false);
  });

  it('counts what throws at once, and what takes too long', async () => {
    const { breaker, changes, clock } = world();
    await breaker.attempt(() => {
      throw new Error('at once');
    });
    await breaker.attempt(fails);
    const slow = breaker.attempt(never);
    clock.advance(100);
    expect(await slow).toEqual({ ok: false });
    expect(changes).toEqual(['open TimeLimit']);
  });

  it('lets one caller try after its time, and closes when that one succeeds', async () => {
    const { breaker, changes, clock } = world();
    for (let time = 0; time < 3; time += 1) await breaker.attempt(fails);
    clock.advance(5_000);
    const [first, second] = await Promise.all([breaker.attempt(works), breaker.attempt(works)]);
    expect(first).toEqual({ ok: true, value: 'value' });
    expect(second).toEqual({ ok: false });
    expect(changes).toEqual(['open TypeError', 'closed']);
    expect(await breaker.attempt(works)).toEqual({ ok: true, value: 'value' });
  });

  it('stays open when the one that tries fails, and says so once', async () => {
    const { breaker, changes, clock } = world();
    for (let time = 0; time < 3; time += 1) await breaker.attempt(fails);
    clock.advance(5_000);
    await breaker.attempt(fails);
    expect(await breaker.attempt(works)).toEqual({ ok: false });
    expect(changes).toEqual(['open TypeError']);
  });

  it('hands on what came too late', async () => {
    const { breaker, clock } = world();
    const late: string[] = [];
    let answer = (_value: string): void => undefined;
    const slow = breaker.attempt(
      () => new Promise<string>((resolve) => (answer = resolve)),
      (value) => void late.push(value),
    );
    clock.advance(100);
    await slow;
    answer('after all');
    await setImmediate();
    expect(late).toEqual(['after all']);
  });
});
