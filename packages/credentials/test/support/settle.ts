import { setImmediate as turn } from 'node:timers/promises';
import type { ManualClock } from '@aml-auth/core/testing';

/**
 * Lets virtual time pass until the promise is settled, in steps of 50 ms, and gives its outcome with the
 * milliseconds that passed. Work between two steps gets turns of the event loop.
 */
export async function settle<T>(
  clock: ManualClock,
  promise: Promise<T>,
): Promise<{ readonly value?: T; readonly error?: unknown; readonly ms: number }> {
  const begun = clock.monotonic();
  let outcome: { value?: T; error?: unknown } | undefined;
  promise.then(
    (value) => (outcome = { value }),
    (error: unknown) => (outcome = { error }),
  );
  for (let step = 0; step < 20_000; step += 1) {
    for (let turns = 0; turns < 3; turns += 1) await turn();
    if (outcome !== undefined) return { ...outcome, ms: clock.monotonic() - begun };
    clock.advance(50);
  }
  throw new Error('It does not end.');
}
