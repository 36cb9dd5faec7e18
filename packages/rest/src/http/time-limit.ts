import { abortable, cancelled, type AbortSignalLike, type Clock } from '@aml-auth/core';

/** A signal that ends with its parent or when the time is over. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** True when the time was over before the parent was aborted. */
  readonly timedOut: boolean;
  /** Takes the timer and the listener away. */
  end(): void;
}

/** Starts a {@link TimeLimit} of `ms` milliseconds. */
export function timeLimit(clock: Clock, ms: number, parent: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController();
  let timedOut = false;
  const onAbort = (): void => {
    controller.abort(parent?.reason);
  };
  if (parent?.aborted === true) onAbort();
  parent?.addEventListener('abort', onAbort);
  const cancelTimer = clock.schedule(ms, () => {
    timedOut = !controller.signal.aborted;
    controller.abort();
  });
  return {
    signal: controller.signal,
    get timedOut() {
      return timedOut;
    },
    end() {
      cancelTimer();
      parent?.removeEventListener('abort', onAbort);
    },
  };
}

/**
 * Waits `ms` milliseconds.
 *
 * @throws {AmlAuthError} `AML_CANCELLED`
 */
export async function wait(clock: Clock, ms: number, signal: AbortSignalLike | undefined): Promise<void> {
  if (signal?.aborted === true) throw cancelled(signal);
  let cancelTimer = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    cancelTimer = clock.schedule(ms, resolve);
  });
  try {
    await abortable(passed, signal);
  } finally {
    cancelTimer();
  }
}
