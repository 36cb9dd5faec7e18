import type { Clock } from '@aml-auth/core';

/** What came of an attempt. `unavailable`: it failed, took too long, or was not made while the circuit is open. */
export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

/** How a {@link circuitBreaker} decides. Times in milliseconds. */
export interface CircuitBreakerOptions {
  readonly clock: Clock;
  /** Longest time for one attempt. */
  readonly limitMs: number;
  /** Failures in a row after which the circuit opens. */
  readonly failures: number;
  /** How long no attempt is made; after that one is, and decides. */
  readonly openMs: number;
  /** Told when the circuit opens, with the name of the error, and when it has closed again. */
  readonly onChange: (state: 'open' | 'closed', reason?: string) => void;
}

/** Keeps callers from waiting for what is known to be broken. Never throws. */
export interface CircuitBreaker {
  /**
   * Makes the attempt, unless the circuit is open.
   *
   * @param onLate - gets the value of an attempt that succeeded after its time limit
   */
  attempt<T>(run: () => Promise<T>, onLate?: (value: T) => void): Promise<Attempt<T>>;
}

const FAILED = { ok: false } as const;

/** Makes a {@link CircuitBreaker}; it starts closed. */
export function circuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  const { clock, limitMs, failures, openMs, onChange } = options;
  let failed = 0;
  /** On the monotonic clock; undefined while the circuit is closed. */
  let openUntil: number | undefined;

  function succeed(): void {
    failed = 0;
    if (openUntil === undefined) return;
    openUntil = undefined;
    onChange('closed');
  }

  function fail(error: unknown): void {
    failed += 1;
    if (failed < failures) return;
    const opens = openUntil === undefined;
    openUntil = clock.monotonic() + openMs;
    if (opens) onChange('open', error instanceof Error ? error.name : 'unknown');
  }

  /** Lets one caller through once the time is over, and keeps the others off until it is known how that one fared. */
  function admits(): boolean {
    if (openUntil === undefined) return true;
    if (clock.monotonic() < openUntil) return false;
    openUntil = clock.monotonic() + limitMs;
    return true;
  }

  async function attempt<T>(run: () => Promise<T>, onLate?: (value: T) => void): Promise<Attempt<T>> {
    if (!admits()) return FAILED;
    let cancelTimer = (): void => undefined;
    let late = false;
    const limit = new Promise<never>((_resolve, reject) => {
      cancelTimer = clock.schedule(limitMs, () => {
        late = true;
        const error = new Error('No answer in time.');
        error.name = 'TimeLimit';
        reject(error);
      });
    });
    const running = (async () => run())();
    // A client may answer, or fail, long after nobody waits any more.
    running.then(
      (value) => {
        if (late) onLate?.(value);
      },
      () => undefined,
    );
    try {
      const value = await Promise.race([running, limit]);
      succeed();
      return { ok: true, value };
    } catch (error) {
      fail(error);
      return FAILED;
    } finally {
      cancelTimer();
    }
  }

  return { attempt };
}
