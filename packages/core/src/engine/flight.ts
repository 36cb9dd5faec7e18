import { abortable, cancelled, type AbortSignalLike } from '../abort.js';

/** One piece of work that several callers wait for. */
export interface Flight<T> {
  /** Waits for the result. Leaving (by the signal) does not disturb the others. */
  join(signal?: AbortSignalLike): Promise<T>;
  /** Lets the work go on when nobody waits for it. */
  keepGoing(): void;
  /** True once the work was aborted because everybody left: nobody may join any more. */
  readonly abandoned: boolean;
}

/**
 * Starts the work. Its signal is aborted when the last caller has left before the end,
 * unless {@link Flight.keepGoing} was called.
 */
export function startFlight<T>(work: (signal: AbortSignal) => Promise<T>): Flight<T> {
  const controller = new AbortController();
  const result = work(controller.signal);
  let waiting = 0;
  let background = false;
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  // Also keeps a failure that nobody waits for from becoming an unhandled rejection.
  result.then(settle, settle);

  return {
    get abandoned() {
      return controller.signal.aborted;
    },
    keepGoing() {
      background = true;
    },
    async join(signal) {
      if (signal?.aborted === true) throw cancelled(signal);
      waiting += 1;
      try {
        return await abortable(result, signal);
      } finally {
        waiting -= 1;
        if (waiting === 0 && !background && !settled) controller.abort();
      }
    },
  };
}
