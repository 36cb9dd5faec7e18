import { AmlAuthError, type Clock } from '@aml-auth/core';

import { readSpan } from '../core/read-span.js';
import { createTimers } from './timers.js';

/** How the emulator's clock goes. */
export interface ClockState {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /**
   * `real`: as the clock beneath it; `offset`: as fast, but earlier or later; `scaled`: faster or slower;
   * `frozen`: not at all.
   */
  readonly mode: 'real' | 'offset' | 'scaled' | 'frozen';
  /** Emulated seconds in a second of the clock beneath; 0 while frozen. */
  readonly rate: number;
  /** Milliseconds by which it is ahead of the clock beneath; negative where it is behind. */
  readonly offset: number;
}

/**
 * The emulator's clock: tokens, secrets, codes and everything else that ends or ripens counts by it.
 * Clients count by clocks of their own. What they keep until it expires, they keep longer or shorter than
 * the emulator believes after a change here, as with a machine whose clock is wrong.
 *
 * It lies over another clock, that of the machine or `options.clock` of `startEmulator`, and shows the
 * same time as long as nobody changes it. A clock that is handed in can still be moved by its owner: that
 * moves this one too, times `rate`, unless it is frozen.
 */
export interface EmulatorClock extends Clock {
  /**
   * Sets the time; frozen clocks stay frozen.
   *
   * @param time - milliseconds since the epoch, a date, or ISO 8601 text
   * @throws {AmlAuthError} `AML_CONFIG_INVALID`
   */
  set(time: number | Date | string): void;
  /**
   * Moves the time forward, also while frozen.
   *
   * @param span - milliseconds, or text such as `90d`, `24h`, `15m` or `30s`
   * @throws {AmlAuthError} `AML_CONFIG_INVALID`
   */
  advance(span: number | string): void;
  /** Stops the time where it is. */
  freeze(): void;
  /** Lets the time go on from where it is, at the rate that it had before it was frozen. */
  resume(): void;
  /**
   * Makes the time go faster or slower from now on.
   *
   * @param factor - emulated seconds in a second; more than 0, at most a million
   * @throws {AmlAuthError} `AML_CONFIG_INVALID`
   */
  rate(factor: number): void;
  /** Back to the clock beneath, as if nothing had been changed. */
  reset(): void;
  /** How it goes at this moment. */
  readonly state: ClockState;
}

/** What `Date` can show, in milliseconds from the epoch. */
const FARTHEST = 8.64e15;
const FASTEST = 1_000_000;

/** An {@link EmulatorClock} over another clock. */
export function createEmulatorClock(base: Clock): EmulatorClock {
  // Emulated times are what they were at the anchor, plus what has passed since then, times the rate.
  let anchor = { base: 0, wall: 0 };
  let mark = { base: base.monotonic(), at: 0 };
  let speed = 1;
  let isFrozen = false;

  const rateNow = (): number => (isFrozen ? 0 : speed);
  const now = (): number => anchor.wall + Math.floor((base.now() - anchor.base) * rateNow());
  const monotonic = (): number => mark.at + (base.monotonic() - mark.base) * rateNow();
  const timers = createTimers({ now, rate: rateNow, schedule: (ms, run) => base.schedule(ms, run) });

  function change(moved: { readonly wall?: number; readonly passed?: number }, apply?: () => void): void {
    const wall = moved.wall ?? now() + (moved.passed ?? 0);
    const at = monotonic() + (moved.passed ?? 0);
    apply?.();
    // At full speed the anchor stays at 0 plus an offset, so that times are exact.
    const baseNow = base.now();
    anchor = rateNow() === 1 ? { base: 0, wall: wall - baseNow } : { base: baseNow, wall };
    mark = { base: base.monotonic(), at };
    timers.rearm();
  }

  return {
    now,
    monotonic,
    schedule: (ms, run) => timers.schedule(ms, run),
    set: (time) => {
      change({ wall: readTime(time) });
    },
    advance: (span) => {
      const passed = spanOf(span);
      requireTime(now() + passed);
      change({ passed });
    },
    freeze: () => {
      change({}, () => (isFrozen = true));
    },
    resume: () => {
      change({}, () => (isFrozen = false));
    },
    rate(factor) {
      if (!(factor > 0 && factor <= FASTEST)) {
        throw invalidTime(
          `rate ${factor} is not more than 0 and at most ${FASTEST}`,
          'To stop the clock, freeze it.',
        );
      }
      change({}, () => {
        speed = factor;
        isFrozen = false;
      });
    },
    reset() {
      change({ wall: base.now() }, () => {
        speed = 1;
        isFrozen = false;
      });
      anchor = { base: 0, wall: 0 };
    },
    get state(): ClockState {
      const offset = now() - base.now();
      const steady = speed !== 1 ? 'scaled' : offset === 0 ? 'real' : 'offset';
      return { now: now(), mode: isFrozen ? 'frozen' : steady, rate: rateNow(), offset };
    },
  };
}

function readTime(time: number | Date | string): number {
  const value = typeof time === 'string' ? Date.parse(time) : Number(time);
  if (Math.abs(value) <= FARTHEST) return Math.round(value);
  throw invalidTime(
    `'${String(time).slice(0, 100)}' is not a time`,
    'Give milliseconds since the epoch, a Date, or ISO 8601 text such as 2026-11-22T09:00:00Z.',
  );
}

function spanOf(span: number | string): number {
  const value = typeof span === 'string' ? readSpan(span) : span;
  if (value !== undefined && value >= 0 && value <= FARTHEST) return Math.round(value);
  throw invalidTime(
    `'${String(span).slice(0, 100)}' is not a span to advance by`,
    'Give milliseconds, or text such as 90d, 24h, 15m or 30s; to go back, set the time.',
  );
}

function requireTime(value: number): void {
  if (Math.abs(value) > FARTHEST) {
    throw invalidTime('The clock would go beyond the year 275760', 'Set an earlier time first.');
  }
}

function invalidTime(what: string, remedy: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The emulator's clock cannot be changed: ${what}.`,
    remedy,
  });
}
