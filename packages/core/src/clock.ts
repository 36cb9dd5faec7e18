/** The passage of time, as a side effect that tests can hold in their hands. */
export interface Clock {
  /** Wall time, in milliseconds since the epoch. May jump. */
  now(): number;
  /** Milliseconds on a clock that never jumps; only differences mean something. */
  monotonic(): number;
  /** Calls `run` once after `ms` milliseconds, unless the returned function is called before. */
  schedule(ms: number, run: () => void): () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(ms, run) {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
