import { AmlAuthError, isAmlAuthError, type Clock } from '@aml-auth/core';
import { parseReply, type IncomingReply, type OutgoingRequest } from '../arm/send-once.js';
import { askedWaitMs } from '../http/asked-wait.js';
import { wait } from '../http/time-limit.js';
import { trustedUrl } from '../http/trusted-url.js';
import type { OperationHandle } from './operation-handle.js';
import { readPoll, type OperationProgress, type Reading } from './read-operation.js';

/** How to wait for an operation. */
export interface OperationWait {
  /** Ends the waiting with `AML_CANCELLED`. The operation in Azure goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each poll. */
  readonly onProgress?: ((progress: OperationProgress) => void) | undefined;
  /** Ends the waiting with `AML_TIMEOUT`, in milliseconds. Default: none. The operation in Azure goes on. */
  readonly timeLimitMs?: number | undefined;
}

/** A long-running operation of Azure, whose result is read as `T`. */
export interface Operation<T = unknown> {
  /** How far it was when it was last heard of. */
  readonly progress: OperationProgress;
  /**
   * Waits for the end and gives the result: the resource of a PUT or PATCH, what a POST answers, undefined
   * for a DELETE. An error that is not about the operation itself (`AML_NETWORK`, `AML_TIMEOUT`,
   * `AML_CANCELLED` …) leaves it as it is: call `result` again, or keep the handle.
   *
   * @throws {AmlAuthError} `AML_REQUEST_REJECTED` with `armCode` where it failed, `AML_CONFLICT` where it
   *   was cancelled in Azure
   */
  result(options?: OperationWait): Promise<T>;
  /** Asks once. */
  poll(options?: { readonly signal?: AbortSignal | undefined }): Promise<OperationProgress>;
  /**
   * Ends the work in Azure, by the request that the start named (`cancelBy`); it is sent once. Unlike a signal,
   * which ends the waiting only. What becomes of the operation, `result` tells: `AML_CONFLICT` where it was cancelled.
   *
   * @throws {AmlAuthError} `AML_CONFIG_INVALID` where no such request was named, or it is done
   */
  cancel(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** The handle, for `resumeOperation` in this or another process; undefined where it is done already. */
  toJSON(): OperationHandle | undefined;
}

/** What an operation needs of its client. */
export interface OperationContext {
  readonly endpoint: string;
  readonly clock: Clock;
  readonly send: (request: OutgoingRequest, signal: AbortSignal | undefined) => Promise<IncomingReply>;
}

const FIRST_WAIT_MS = 2_000;
const LEAST_WAIT_MS = 1_000;
const MOST_WAIT_MS = 30_000;
const GROWTH = 1.5;
/** Of `Location`: these say that the reading failed, and nothing of the operation. */
const UNREAD = new Set([401, 403, 404, 408, 429]);

/** An operation that is done. */
export function finishedOperation(result: unknown): Operation {
  const progress: OperationProgress = { status: 'Succeeded', state: 'Succeeded' };
  return {
    progress,
    result: () => Promise.resolve(result),
    poll: () => Promise.resolve(progress),
    cancel: () => Promise.reject(notCancellable('it is done already')),
    toJSON: () => undefined,
  };
}

/** The same operation, with its result read. */
export function mappedOperation<T>(operation: Operation, read: (result: unknown) => T): Operation<T> {
  return {
    get progress() {
      return operation.progress;
    },
    result: async (options) => read(await operation.result(options)),
    poll: async (options) => operation.poll(options),
    cancel: async (options) => operation.cancel(options),
    toJSON: () => operation.toJSON(),
  };
}

/** An operation that is followed. `firstWaitMs` is what the service asked for. */
export function followedOperation(
  context: OperationContext,
  started: OperationHandle,
  firstWaitMs?: number,
): Operation {
  const { clock, endpoint } = context;
  let handle = checked(started);
  let progress: OperationProgress = { status: 'Running', state: 'Running' };
  let last: Reading | undefined;
  let askedMs = firstWaitMs;
  let polls = 0;

  function checked(next: OperationHandle): OperationHandle {
    trustedUrl(next.pollUrl, endpoint);
    return next;
  }

  const get = (url: string): OutgoingRequest => ({
    method: 'GET',
    url: trustedUrl(url, endpoint).href,
    body: undefined,
    correlationId: handle.correlationId,
  });

  async function read(signal: AbortSignal | undefined): Promise<Reading> {
    const request = get(handle.pollUrl);
    try {
      const reply = await context.send(request, signal);
      askedMs = askedWaitMs(reply.headers, clock.now());
      return readPoll(handle, { ...reply, body: parseReply(request, reply) });
    } catch (error) {
      const reading = isAmlAuthError(error) ? endOf(handle, error) : undefined;
      if (reading === undefined) throw error;
      return reading;
    }
  }

  async function poll(signal: AbortSignal | undefined): Promise<Reading> {
    if (last !== undefined && last.progress.status !== 'Running') return last;
    last = await read(signal);
    polls += 1;
    progress = last.progress;
    if (last.pollUrl !== undefined) handle = checked({ ...handle, pollUrl: last.pollUrl });
    return last;
  }

  function nextWaitMs(): number {
    const own = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * GROWTH ** polls);
    return polls === 0 ? (askedMs ?? own) : Math.max(LEAST_WAIT_MS, askedMs ?? own);
  }

  async function resultOf(reading: Reading, signal: AbortSignal | undefined): Promise<unknown> {
    const { method, style, resourceUrl, resultUrl } = handle;
    if (reading.progress.status !== 'Succeeded') throw unsuccessful(handle, reading);
    if (method === 'DELETE') return undefined;
    const isHere = style === 'resource' || (style === 'location' && reading.result !== undefined);
    if (isHere) return reading.result;
    const url = method === 'POST' ? (style === 'status' ? resultUrl : undefined) : resourceUrl;
    if (url === undefined) return reading.result;
    const request = get(url);
    return parseReply(request, await context.send(request, signal));
  }

  return {
    get progress() {
      return progress;
    },
    async poll(options) {
      return (await poll(options?.signal)).progress;
    },
    async result({ signal, onProgress, timeLimitMs = Number.POSITIVE_INFINITY } = {}) {
      const end = clock.monotonic() + timeLimitMs;
      while (last === undefined || last.progress.status === 'Running') {
        const ms = nextWaitMs();
        if (clock.monotonic() + ms > end) throw outOfTime(handle, timeLimitMs);
        await wait(clock, ms, signal);
        await poll(signal);
        onProgress?.(progress);
      }
      return resultOf(last, signal);
    },
    async cancel({ signal } = {}) {
      const { cancelBy, correlationId } = handle;
      if (progress.status !== 'Running') throw notCancellable('it is done already');
      if (cancelBy === undefined) throw notCancellable('its start named no request for that');
      const { method, url } = cancelBy;
      await context.send(
        { method, url: trustedUrl(url, endpoint).href, body: undefined, correlationId },
        signal,
      );
    },
    toJSON: () => handle,
  };
}

/** Where an error of a poll is the end of the operation. */
function endOf({ style, method }: OperationHandle, error: AmlAuthError): Reading | undefined {
  const { status, armCode: code, message } = error;
  if (style === 'resource' && method === 'DELETE' && status === 404) {
    return { progress: { status: 'Succeeded', state: 'Deleted' } };
  }
  if (style !== 'location' || status === undefined || status < 400 || status >= 500) return undefined;
  if (UNREAD.has(status)) return undefined;
  const isCanceled = /cancell?ed/i.test(code ?? '');
  return {
    progress: isCanceled ? { status: 'Canceled', state: 'Canceled' } : { status: 'Failed', state: 'Failed' },
    error: { code, message },
  };
}

function unsuccessful(handle: OperationHandle, { progress, error }: Reading): AmlAuthError {
  const canceled = progress.status === 'Canceled';
  const what = `The operation (${handle.method} ${new URL(handle.resourceUrl).pathname})`;
  const why = [error?.code, error?.message].filter((part) => part !== undefined).join(': ');
  return new AmlAuthError({
    code: canceled ? 'AML_CONFLICT' : 'AML_REQUEST_REJECTED',
    message: `${what} ${canceled ? 'was cancelled in Azure' : 'failed'}${why === '' ? '.' : `: ${why}`}`,
    remedy: canceled ? 'Start it again if it is still wanted.' : 'Correct the request as the message says.',
    armCode: error?.code,
    correlation: { correlationId: handle.correlationId },
    request: { method: handle.method, url: handle.resourceUrl },
  });
}

function notCancellable(why: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The operation cannot be cancelled: ${why}.`,
    remedy: 'Name the request that ends it as cancelBy of startOperation; a signal only ends the waiting.',
  });
}

function outOfTime(handle: OperationHandle, ms: number): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_TIMEOUT',
    message: `The operation (${handle.method} ${new URL(handle.resourceUrl).pathname}) did not end within ${String(Math.round(ms / 1000))} seconds; it goes on.`,
    remedy: 'Wait again with result(), or keep toJSON() and resume it later.',
    correlation: { correlationId: handle.correlationId },
  });
}
