import { AmlAuthError } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';

import { createEmulatorClock } from '../../src/control/emulator-clock.js';

const START = Date.UTC(2026, 10, 22, 9);
const HOUR = 3_600_000;

const clocks = () => {
  const base = manualClock(START);
  return { base, clock: createEmulatorClock(base) };
};

describe('untouched', () => {
  test('it shows the time beneath, jumps included', () => {
    const { base, clock } = clocks();
    base.advance(5_000);
    expect(clock.now()).toBe(START + 5_000);
    base.setWallTime(START - HOUR);
    expect(clock.now()).toBe(START - HOUR);
    expect(clock.state).toEqual({ now: START - HOUR, mode: 'real', rate: 1, offset: 0 });
  });
});

describe('set and advance', () => {
  test.each([
    ['milliseconds', START + HOUR],
    ['a date', new Date(START + HOUR)],
    ['text', new Date(START + HOUR).toISOString()],
  ])('set takes %s, and the time goes on from there', (_, time) => {
    const { base, clock } = clocks();
    clock.set(time);
    base.advance(1_000);
    expect(clock.now()).toBe(START + HOUR + 1_000);
    expect(clock.state).toMatchObject({ mode: 'offset', rate: 1, offset: HOUR });
  });

  test.each([
    [1_500, 1_500],
    ['30s', 30_000],
    ['15m', 900_000],
    ['24h', 24 * HOUR],
    ['90d', 90 * 24 * HOUR],
  ])('advance by %s moves wall time and monotonic time', (span, ms) => {
    const { clock } = clocks();
    const mark = clock.monotonic();
    clock.advance(span);
    expect(clock.now()).toBe(START + ms);
    expect(clock.monotonic() - mark).toBe(ms);
  });

  test('setting the time leaves monotonic time alone', () => {
    const { clock } = clocks();
    const mark = clock.monotonic();
    clock.set(0);
    expect(clock.now()).toBe(0);
    expect(clock.monotonic()).toBe(mark);
  });

  test.each([Number.NaN, 'noon', Infinity, 9e15])('set refuses %s', (time) => {
    const { clock } = clocks();
    expect(() => clock.set(time)).toThrow(AmlAuthError);
    expect(clock.state.mode).toBe('real');
  });

  test.each([-1, Number.NaN, '5', '-5m', '1w', Infinity])('advance refuses %s', (span) => {
    expect(() => clocks().clock.advance(span)).toThrow(/cannot be changed/);
  });
});

describe('freeze, resume, rate and reset', () => {
  test('a frozen clock stands still, can be moved, and goes on from there', () => {
    const { base, clock } = clocks();
    clock.freeze();
    base.advance(HOUR);
    expect(clock.now()).toBe(START);
    clock.advance(1_000);
    expect(clock.state).toMatchObject({ now: START + 1_000, mode: 'frozen', rate: 0 });
    clock.resume();
    base.advance(500);
    expect(clock.now()).toBe(START + 1_500);
  });

  test('a rate makes time pass faster, outlasts freezing, and ends with reset', () => {
    const { base, clock } = clocks();
    clock.rate(60);
    base.advance(1_000);
    expect(clock.now()).toBe(START + 60_000);
    clock.freeze();
    clock.resume();
    base.advance(1_000);
    expect(clock.now()).toBe(START + 120_000);
    expect(clock.state).toMatchObject({ mode: 'scaled', rate: 60 });
    clock.reset();
    expect(clock.state).toEqual({ now: base.now(), mode: 'real', rate: 1, offset: 0 });
  });

  test.each([0, -1, Number.NaN, 1e7])('a rate of %s is refused', (factor) => {
    expect(() => clocks().clock.rate(factor)).toThrow(/rate/);
  });
});

describe('schedule', () => {
  test('calls come when the emulated time has passed, in their order', () => {
    const { base, clock } = clocks();
    const calls: string[] = [];
    clock.schedule(2_000, () => calls.push('two'));
    clock.schedule(1_000, () => calls.push('one'));
    const cancel = clock.schedule(1_500, () => calls.push('never'));
    cancel();
    base.advance(1_000);
    expect(calls).toEqual(['one']);
    clock.advance('1h');
    expect(calls).toEqual(['one', 'two']);
    expect(base.pending).toBe(0);
  });

  test('nothing waits on a frozen clock, and a faster one comes sooner', () => {
    const { base, clock } = clocks();
    const run = vi.fn();
    clock.freeze();
    clock.schedule(60_000, run);
    base.advance(120_000);
    expect(run).not.toHaveBeenCalled();
    clock.rate(60);
    base.advance(1_000);
    expect(run).toHaveBeenCalledOnce();
  });
});

test('whatever is done, an advance adds exactly its span', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('base' as const), by: fc.nat(1e6) }),
    fc.record({ kind: fc.constant('advance' as const), by: fc.nat(1e6) }),
    fc.record({ kind: fc.constant('freeze' as const), by: fc.constant(0) }),
    fc.record({ kind: fc.constant('resume' as const), by: fc.constant(0) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const { base, clock } = clocks();
      let expected = START;
      let running = true;
      for (const { kind, by } of steps) {
        if (kind === 'base') {
          base.advance(by);
          if (running) expected += by;
        } else if (kind === 'advance') {
          clock.advance(by);
          expected += by;
        } else {
          clock[kind]();
          running = kind === 'resume';
        }
      }
      expect(clock.now()).toBe(expected);
    }),
  );
});
