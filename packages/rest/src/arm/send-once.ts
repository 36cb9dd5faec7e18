import { AmlAuthError, isAmlAuthError, type CorrelationIds } from '@aml-auth/core';
import ky from 'ky';
import { CLIENT_REQUEST_ID, CORRELATION_REQUEST_ID } from '../http/authorized-fetch.js';
import { readText } from '../http/read-text.js';
import { transportFailure } from '../http/transport-failure.js';

/** One HTTP request, before sign-in and ids of its own. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  /** JSON text. */
  readonly body: string | undefined;
  /** Beside those that every request has. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A further header for the id of each attempt: Microsoft Graph has a name of its own for it. */
  readonly attemptIdHeader?: string | undefined;
  /** Of the logical operation. */
  readonly correlationId: string;
}

/** Any HTTP reply, with its body read. */
export interface IncomingReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly correlation: CorrelationIds;
}

/** Sends what it is told to send, once, and gives the response as it came. */
export type PlainSender = (url: string, init: PlainInit) => Promise<Response>;

interface PlainInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/**
 * ky as a plain sender. What it would do about time, retries and errors is switched off: its
 * timers cannot be held by a clock, it does not know ARM's retry headers, it shortens a Retry-After
 * that does not fit, and its hooks run once and not for each attempt. Headers, body and signal go past it to `fetch`: it
 * would copy the headers four times, and a signal of a signal of a signal would cost more than sending.
 */
export function plainKy(fetch: typeof globalThis.fetch): PlainSender {
  const plain = ky.create({ retry: 0, timeout: false, throwHttpErrors: false, redirect: 'manual' });
  return (url, init) => plain(url, { method: init.method, fetch: async () => fetch(url, init) });
}

/**
 * Sends one request and reads the reply, whatever its status.
 *
 * @throws {AmlAuthError} `AML_NETWORK`, and what the `fetch` behind ky throws
 */
export async function sendOnce(
  send: PlainSender,
  request: OutgoingRequest,
  ids: { readonly correlationId: string; readonly clientRequestId: string },
  signal: AbortSignal,
): Promise<IncomingReply> {
  const { method, url, body } = request;
  try {
    const response = await send(url, {
      method,
      headers: {
        ...request.headers,
        ...(request.attemptIdHeader === undefined ? {} : { [request.attemptIdHeader]: ids.clientRequestId }),
        accept: 'application/json',
        [CLIENT_REQUEST_ID]: ids.clientRequestId,
        [CORRELATION_REQUEST_ID]: ids.correlationId,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      signal,
      ...(body === undefined ? {} : { body }),
    });
    const { status, headers } = response;
    const text = await readText(response);
    // The second is the name that Microsoft Graph gives it.
    const requestId = headers.get('x-ms-request-id') ?? headers.get('request-id');
    const correlationId = headers.get(CORRELATION_REQUEST_ID) ?? ids.correlationId;
    const correlation = { ...ids, correlationId, ...(requestId === null ? {} : { requestId }) };
    return { status, headers, text, correlation };
  } catch (error) {
    if (isAmlAuthError(error)) throw error;
    throw transportFailure(url, error);
  }
}

/** The body as JSON, undefined where it is empty. */
export function parseReply(request: OutgoingRequest, reply: IncomingReply): unknown {
  if (reply.text === '') return undefined;
  try {
    return JSON.parse(reply.text.startsWith('\ufeff') ? reply.text.slice(1) : reply.text) as unknown;
  } catch {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: `${request.method} ${new URL(request.url).pathname} was answered with ${String(reply.status)}, but not with JSON.`,
      remedy: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
      status: reply.status,
      correlation: reply.correlation,
      request: { method: request.method, url: request.url },
    });
  }
}
