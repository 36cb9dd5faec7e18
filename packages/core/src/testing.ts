import type { Clock } from './clock.js';

/** A {@link Clock} that stands still until it is told to move. Times in milliseconds. */
export interface ManualClock extends Clock {
  /** Moves both clocks, running what was scheduled on the way in order of time. */
  advance(ms: number): void;
  /** Sets the wall clock, as an administrator or NTP would; the monotonic clock does not notice. */
  setWallTime(now: number): void;
  /** How many scheduled calls are waiting. */
  readonly pending: number;
}

/**
 * A {@link ManualClock}, for tests of code that takes a clock.
 *
 * @param start - the wall time at the start; default 2026-01-01T00:00:00Z
 */
export function manualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  let wall = start;
  let mark = 0;
  let waiting: { at: number; run: () => void }[] = [];

  function moveTo(target: number): void {
    wall += target - mark;
    mark = target;
  }

  return {
    now: () => wall,
    monotonic: () => mark,
    schedule(ms, run) {
      const entry = { at: mark + ms, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const end = mark + ms;
      for (;;) {
        const next = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        waiting = waiting.filter((other) => other !== next);
        moveTo(Math.max(mark, next.at));
        next.run();
      }
      moveTo(end);
    },
    setWallTime(now) {
      wall = now;
    },
    get pending() {
      return waiting.length;
    },
  };
}
