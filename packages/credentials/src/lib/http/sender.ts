import { AmlAuthError, isAmlAuthError, networkError, type Clock } from '@aml-auth/core';
import { isOutage, nextDelay, type RetryPolicy } from './retry-policy.js';

/** A request to a token endpoint or token source. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** The answer, with its body read whole. */
export interface IncomingReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends one request, again where that is safe and helps, within the time limit. */
export type Sender = (request: OutgoingRequest) => Promise<IncomingReply>;

/** What {@link createSender} is made from. */
export interface SenderOptions {
  /** Default: the global `fetch` at the time of the call. */
  readonly fetch?: typeof fetch | undefined;
  readonly clock: Clock;
  /** When to try again. Default: {@link nextDelay}. */
  readonly policy?: RetryPolicy | undefined;
  /** For all attempts together, in milliseconds. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Told the head of each reply, with the wall times of the request and of the head. */
  readonly onReply?: ((headers: Headers, sentAt: number, receivedAt: number) => void) | undefined;
}

/** Token replies have a few kilobytes; more than this is not one. */
const MAX_REPLY_BYTES = 1 << 20;

/**
 * A sender for token requests. Token requests can be repeated without harm, so outages and
 * throttling are waited out with growing, jittered delays and never less than `Retry-After`.
 * Redirects are not followed: the body holds a secret that belongs to the host that was asked.
 */
export function createSender(options: SenderOptions): Sender {
  const { clock, limitMs, signal, policy = nextDelay } = options;

  return async (request) => {
    const deadline = clock.monotonic() + limitMs;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await once(request, deadline - clock.monotonic());
      const delay = policy(outcome, attempt, clock.now(), Math.random());
      const timeLeft = deadline - clock.monotonic();
      if (delay === undefined || delay >= timeLeft) return settle(outcome);
      await pause(delay, request.url);
    }
  };

  async function once(request: OutgoingRequest, leftMs: number): Promise<IncomingReply | AmlAuthError> {
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort();
    };
    let timedOut = false;
    const cancelTimer = clock.schedule(Math.max(0, leftMs), () => {
      timedOut = true;
      abort();
    });
    signal.addEventListener('abort', abort);
    try {
      if (signal.aborted) abort();
      const sentAt = clock.now();
      const response = await (options.fetch ?? fetch)(request.url, {
        method: request.method,
        headers: request.headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
        signal: controller.signal,
      });
      options.onReply?.(response.headers, sentAt, clock.now());
      return {
        status: response.status,
        headers: response.headers,
        text: await readText(response, request.url),
      };
    } catch (cause) {
      if (isAmlAuthError(cause)) return cause;
      return networkError({ url: request.url, cause, timedOut, aborted: signal.aborted });
    } finally {
      cancelTimer();
      signal.removeEventListener('abort', abort);
    }
  }

  function pause(ms: number, url: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        cancelTimer();
        reject(networkError({ url, cause: signal.reason, aborted: true }));
      };
      const cancelTimer = clock.schedule(ms, () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}

function settle(outcome: IncomingReply | AmlAuthError): IncomingReply {
  if (isOutage(outcome)) throw outcome;
  return outcome;
}

async function readText(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  const body: AsyncIterable<Uint8Array> | null = response.body;
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_REPLY_BYTES) {
      throw new AmlAuthError({
        code: 'AML_RESPONSE_INVALID',
        message: `${new URL(url).host} answered with more than ${MAX_REPLY_BYTES} bytes where a token was expected.`,
        remedy: 'Check that the authority host is right and that no proxy answers in its place.',
      });
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
