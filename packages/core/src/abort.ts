import { AmlAuthError } from './errors.js';
import { tell } from './listener.js';

/** The part of `AbortSignal` that aml-auth uses; `AbortSignalLike` of the Azure SDK fits. */
export interface AbortSignalLike {
  /** True once the caller has given up; it never becomes false again. */
  readonly aborted: boolean;
  /** Has the listener called when the signal aborts. */
  addEventListener(type: 'abort', listener: () => void, options?: unknown): void;
  /** Takes a listener back. */
  removeEventListener(type: 'abort', listener: () => void, options?: unknown): void;
}

/** The error of an aborted call: `AML_CANCELLED`, named `AbortError`. */
export function cancelled(signal?: AbortSignalLike): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CANCELLED',
    message: 'The operation was cancelled by its caller.',
    cause: (signal as { reason?: unknown } | undefined)?.reason,
  });
}

/**
 * Settles as `promise` does, or rejects with `AML_CANCELLED` as soon as the signal is aborted.
 * It does not stop the work behind the promise.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignalLike | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      reject(cancelled(signal));
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    const leave = (): void => tell(() => signal.removeEventListener('abort', onAbort), undefined);
    promise.then(resolve, reject).then(leave, leave);
  });
}
