import type { Clock } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';

/** A clock on which pauses pass at once, while the time limits of requests stand still. */
export interface EagerClock extends Clock {
  /** The pauses so far, in milliseconds. */
  readonly waits: readonly number[];
  /** Goes to the network; also how the clock knows a time limit from a pause. */
  readonly fetch: typeof fetch;
  /** The requests so far. */
  readonly requests: readonly { readonly url: string; readonly form: URLSearchParams }[];
  advance(ms: number): void;
}

/** Starts at the machine's time, so that the clocks of others agree with it. */
export function eagerClock(): EagerClock {
  const clock = manualClock(Date.now());
  const waits: number[] = [];
  const requests: { url: string; form: URLSearchParams }[] = [];
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    advance: (ms) => {
      clock.advance(ms);
    },
    waits,
    requests,
    schedule(ms, run) {
      const cancel = clock.schedule(ms, run);
      let limit = false;
      const before = requests.length;
      const pass = setImmediate(() => {
        // A time limit is set right before its request.
        if (limit) return;
        waits.push(ms);
        clock.advance(ms);
      });
      queueMicrotask(() => {
        limit = requests.length > before;
      });
      return () => {
        clearImmediate(pass);
        cancel();
      };
    },
    async fetch(input, init) {
      requests.push({
        url: input instanceof Request ? input.url : String(input),
        form: new URLSearchParams(typeof init?.body === 'string' ? init.body : ''),
      });
      return fetch(input, init);
    },
  };
}
