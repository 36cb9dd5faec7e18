import { systemClock, type Clock } from '@aml-auth/core';

/**
 * A clock on which waits between attempts pass at once. They are noted in `waits`, in milliseconds, and
 * count as passed. Time limits, which `isLimit` knows by their length, run in real time.
 */
export function hurriedClock(waits: number[], isLimit: (ms: number) => boolean = (ms) => ms > 40_000): Clock {
  let skipped = 0;
  return {
    now: () => systemClock.now() + skipped,
    monotonic: () => systemClock.monotonic() + skipped,
    schedule(ms, run) {
      if (isLimit(ms)) return systemClock.schedule(ms, run);
      waits.push(ms);
      skipped += ms;
      return systemClock.schedule(0, run);
    },
  };
}
