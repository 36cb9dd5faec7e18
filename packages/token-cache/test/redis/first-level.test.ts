import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, it } from 'vitest';
import { firstLevel } from '../../src/redis/first-level.js';

const LIFE_MS = 3_600_000;

function world(maxEntries = 10) {
  const clock = manualClock();
  const level = firstLevel(clock, 1_000, 250, maxEntries);
  const token = (refreshAfterMs?: number) => ({
    token: 'token',
    expiresOnTimestamp: clock.now() + LIFE_MS,
    ...(refreshAfterMs === undefined ? {} : { refreshAfterTimestamp: clock.now() + refreshAfterMs }),
  });
  return { clock, level, token };
}

describe('firstLevel', () => {
  it('knows a token for a second, and has it until it expires', () => {
    const { clock, level, token } = world();
    level.keep('a', token());
    clock.advance(999);
    expect(level.recent('a')?.token?.token).toBe('token');
    clock.advance(1);
    expect(level.recent('a')).toBeUndefined();
    expect(level.last('a')?.token).toBe('token');
    clock.advance(LIFE_MS);
    expect(level.last('a')).toBeUndefined();
  });

  it('knows a miss for a quarter of a second', () => {
    const { clock, level } = world();
    level.keep('a', undefined);
    expect(level.recent('a')).toMatchObject({ token: undefined });
    clock.advance(250);
    expect(level.recent('a')).toBeUndefined();
  });

  it('does not answer for a token that is due, nor for one in doubt', () => {
    const { clock, level, token } = world();
    level.keep('due', token(500));
    level.keep('doubted', token());
    clock.advance(500);
    level.doubt('doubted');
    expect([level.recent('due'), level.recent('doubted')]).toEqual([undefined, undefined]);
    expect(level.last('due')?.token).toBe('token');
    expect(level.last('doubted')?.token).toBe('token');
  });

  it('forgets what was not used for the longest time, and what it is told to', () => {
    const { level, token } = world(2);
    level.keep('a', token());
    level.keep('b', token());
    level.recent('a');
    level.keep('c', token());
    expect(['a', 'b', 'c'].map((id) => level.last(id) !== undefined)).toEqual([true, false, true]);
    level.forget('a');
    expect(level.last('a')).toBeUndefined();
  });
});
