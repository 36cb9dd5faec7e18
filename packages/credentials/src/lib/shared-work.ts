import { abortable } from '@aml-auth/core';

/** Work that is under way at most once. */
export interface SharedWork<INPUT, T> {
  /** Starts the work, or waits for the one under way. Leaving, by the signal, does not disturb the others. */
  join(input: INPUT, signal: AbortSignal): Promise<T>;
}

interface Running<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** The work's signal is aborted when the last caller has left; who comes after that starts it anew. */
export function sharedWork<INPUT, T>(
  work: (input: INPUT, signal: AbortSignal) => Promise<T>,
): SharedWork<INPUT, T> {
  let running: Running<T> | undefined;

  function start(input: INPUT): Running<T> {
    const controller = new AbortController();
    const started: Running<T> = { result: work(input, controller.signal), controller, waiting: 0 };
    const end = (): void => {
      if (running === started) running = undefined;
    };
    started.result.then(end, end);
    return started;
  }

  return {
    async join(input, signal) {
      const mine = (running ??= start(input));
      mine.waiting += 1;
      try {
        return await abortable(mine.result, signal);
      } finally {
        mine.waiting -= 1;
        if (mine.waiting === 0) {
          mine.controller.abort();
          if (running === mine) running = undefined;
        }
      }
    },
  };
}
