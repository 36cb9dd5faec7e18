import { tooLarge } from '../read-text.js';
import type { DispatchOptions, Dispatcher } from './platform-dispatcher.js';

/** A reply as it came, with its body read whole and still encoded. */
export interface RawReply {
  readonly status: number;
  readonly statusText: string;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Sends one request by a dispatcher, and reads the reply to its end. Where the signal is aborted, or the body becomes too
 * large, the connection is closed with it.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` for a body of more than `maxBytes`; the reason of the signal; the error of
 *   the connection, with the code of the system or of undici
 */
export function dispatchRequest(
  dispatcher: Dispatcher,
  options: DispatchOptions,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<RawReply> {
  return new Promise<RawReply>((resolve, reject) => {
    let end: { readonly reason: unknown } | undefined;
    let abort: ((reason?: unknown) => void) | undefined;
    let head = { status: 0, statusText: '', rawHeaders: [] as readonly string[] };
    const chunks: Uint8Array[] = [];
    let size = 0;

    const fail = (reason: unknown): void => {
      end ??= { reason };
      signal?.removeEventListener('abort', onAbort);
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason of a signal may be anything
      reject(reason);
    };
    /** One that still waits for a connection cannot be taken back: it is ended when it gets there. */
    const stop = (reason: unknown): void => {
      fail(reason);
      abort?.(reason);
    };
    const onAbort = (): void => stop(signal?.reason);

    if (signal?.aborted === true) {
      fail(signal.reason);
      return;
    }
    signal?.addEventListener('abort', onAbort);
    const handler = {
      onConnect(abortNow: (reason?: unknown) => void) {
        abort = abortNow;
        if (end !== undefined) abort(end.reason);
      },
      onHeaders(
        status: number,
        rawHeaders: readonly (Uint8Array | string)[],
        _resume: () => void,
        statusText: string,
      ) {
        if (status >= 200) head = { status, statusText, rawHeaders: rawHeaders.map(latin1) };
        return true;
      },
      onData(chunk: Uint8Array) {
        size += chunk.byteLength;
        if (size > maxBytes) stop(tooLarge(maxBytes));
        else chunks.push(chunk);
        return true;
      },
      onComplete() {
        signal?.removeEventListener('abort', onAbort);
        resolve({ ...head, bytes: joined(chunks, size) });
      },
      onError: fail,
    };
    try {
      dispatcher.dispatch(options, handler);
    } catch (error) {
      fail(error);
    }
  });
}

function latin1(text: Uint8Array | string): string {
  if (typeof text === 'string') return text;
  return (Buffer.isBuffer(text) ? text : Buffer.from(text)).toString('latin1');
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}
