/**
 * Tells a listener. What it throws, and what a promise of it rejects with, is dropped: a listener
 * never fails a sign-in, and never becomes an unhandled rejection.
 */
export function tell<T>(listener: ((event: T) => unknown) | undefined, event: T): void {
  try {
    const result = listener?.(event);
    if (isThenable(result)) result.then(undefined, () => undefined);
  } catch {
    // Nobody is there to be told that listening failed.
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
