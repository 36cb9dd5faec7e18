import { isAmlAuthError, type Clock } from '@aml-auth/core';

import { nextPause, pause } from '../arm/pause.js';

/** How long something new may be unknown to parts of the directory. */
export interface DirectoryWaiting {
  readonly clock: Clock;
  /** Milliseconds on the monotonic clock after which nothing is tried again. */
  readonly end: number;
  readonly onWait: (attempt: number, delayMs: number) => void;
  readonly signal: AbortSignal | undefined;
}

const MAX_PAUSE_MS = 10_000;

/** The words by which Azure CLI, too, tells an application that is not known everywhere as yet. */
const NOT_THERE_YET = /does not reference a valid application|does not exist or one of its queried/i;

/**
 * Runs a request about something that was created just now, and again while Microsoft Graph does not know it.
 *
 * @throws {AmlAuthError} what the request throws, for the last time after the end
 */
export async function awaitDirectory<T>(waiting: DirectoryWaiting, run: () => Promise<T>): Promise<T> {
  const { clock, end, onWait, signal } = waiting;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const delayMs = nextPause(attempt, MAX_PAUSE_MS);
      if (!isReplication(error) || clock.monotonic() + delayMs > end) throw error;
      onWait(attempt, delayMs);
      await pause(clock, delayMs, signal);
    }
  }
}

function isReplication(error: unknown): boolean {
  if (!isAmlAuthError(error)) return false;
  const { code, armCode, message } = error;
  if (code === 'AML_NOT_FOUND' || armCode === 'NoBackingApplicationObject') return true;
  return armCode === 'Request_BadRequest' && NOT_THERE_YET.test(message);
}
