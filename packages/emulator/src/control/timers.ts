/** What timers need of the clocks. */
export interface TimersOptions {
  /** The emulated wall time, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Emulated milliseconds in one of the clock beneath; 0 where time stands still. */
  readonly rate: () => number;
  /** Calls later, by the clock beneath. */
  readonly schedule: (ms: number, run: () => void) => () => void;
}

/** Scheduled calls on a clock that can be moved. */
export interface Timers {
  /** Calls `run` once when the emulated time is `ms` milliseconds later, unless the returned function is called before. */
  schedule(ms: number, run: () => void): () => void;
  /** To be called after every change of the clock: runs what is due and sets its alarm anew. */
  rearm(): void;
}

/** The longest delay that timers of JavaScript take. */
const LONGEST_MS = 2 ** 31 - 1;

interface Entry {
  readonly at: number;
  readonly run: () => void;
}

/** {@link Timers} without an entry. One alarm of the clock beneath stands for all of them. */
export function createTimers({ now, rate, schedule }: TimersOptions): Timers {
  const entries = new Set<Entry>();
  let cancelAlarm: (() => void) | undefined;

  function arm(): void {
    cancelAlarm?.();
    cancelAlarm = undefined;
    const next = earliest();
    if (next === undefined || rate() === 0) return;
    const wait = Math.max(0, Math.ceil((next.at - now()) / rate()));
    cancelAlarm = schedule(Math.min(LONGEST_MS, wait), rearm);
  }

  function rearm(): void {
    for (let due = nextDue(); due !== undefined; due = nextDue()) {
      entries.delete(due);
      due.run();
    }
    arm();
  }

  function earliest(): Entry | undefined {
    let found: Entry | undefined;
    for (const entry of entries) if (found === undefined || entry.at < found.at) found = entry;
    return found;
  }

  function nextDue(): Entry | undefined {
    const next = earliest();
    return next !== undefined && next.at <= now() ? next : undefined;
  }

  return {
    schedule(ms, run) {
      const entry: Entry = { at: now() + Math.max(0, ms), run };
      entries.add(entry);
      // What is due at once still comes after its scheduling, as with timers of JavaScript.
      arm();
      return () => {
        if (entries.delete(entry)) arm();
      };
    },
    rearm,
  };
}
