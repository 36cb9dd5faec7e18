import { abortable, cancelled, type Clock } from '@aml-auth/core';

/**
 * Waits `ms` milliseconds.
 *
 * @throws {AmlAuthError} `AML_CANCELLED`
 */
export async function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
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

/** Milliseconds before the next look at something that comes with time: 1 s at first, then twice as long, up to `most`. */
export function nextPause(attempt: number, most: number): number {
  return Math.min(most, 1_000 * 2 ** Math.min(attempt - 1, 20));
}
