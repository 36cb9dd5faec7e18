import { cancelled, type Clock } from '@aml-auth/core';

/** Waits by the clock, in milliseconds. Rejects with `AML_CANCELLED` as soon as the signal is aborted. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelled(signal));
      return;
    }
    const onAbort = (): void => {
      cancelTimer();
      reject(cancelled(signal));
    };
    const cancelTimer = clock.schedule(ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
