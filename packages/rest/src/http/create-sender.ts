import {
  publicCloud,
  quietLogger,
  systemClock,
  type Clock,
  type Cloud,
  type Credential,
  type Logger,
} from '@aml-auth/core';
import type { ArmResponse, ArmTimeLimits } from '../arm/arm-request.js';
import { parseReply, plainKy } from '../arm/send-once.js';
import { sendWithRetries, type SendContext } from '../arm/send-with-retries.js';
import { authorizedFetch } from './authorized-fetch.js';
import { directFetch } from './direct/direct-fetch.js';
import { jsonOf } from './json-of.js';
import { milliseconds } from './milliseconds.js';
import type { RetryMode } from './retry-policy.js';

/** What {@link createSender} is made from. */
export interface SenderOptions {
  /** Whose tokens are sent. */
  readonly credential: Credential;
  /** Whose tokens are sent, and where they may go. */
  readonly service: 'resourceManager' | 'graph';
  /** Default: the public cloud. */
  readonly cloud?: Cloud | undefined;
  /** Sends the requests. Default: the global `fetch`, or what it sends with where that is known and costs less. */
  readonly fetch?: typeof fetch | undefined;
  /** Told about responses (`graph.response`) and retries (`graph.retry`). */
  readonly logger?: Logger | undefined;
  /** Measures waits and time limits. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Default: 65 seconds an attempt, 300 seconds a request. */
  readonly timeLimits?: ArmTimeLimits | undefined;
  /** A number from 0 to below 1, for the jitter of retries. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** One request of a {@link Sender}. */
export interface SenderRequest {
  /** The method of HTTP, such as `GET`. */
  readonly method: string;
  /** Absolute, below the endpoint of the service. */
  readonly url: string;
  /** Beside those for sign-in, JSON and correlation. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** As in `ArmRequest`: default `safe`. */
  readonly retry?: RetryMode | undefined;
  /** Ends the request with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/** Sends one request, and gives the reply where it is a success. */
export type Sender = (request: SenderRequest) => Promise<ArmResponse>;

/**
 * A signed-in sender to one service of a cloud, with time limits, retries that respect `Retry-After`, claims
 * challenges and errors of the `ArmClient`: what a client of Microsoft Graph is built on.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a bad time limit; the sender throws as `ArmClient.request`
 */
export function createSender(options: SenderOptions): Sender {
  const { credential, service, cloud = publicCloud } = options;
  const { clock = systemClock, timeLimits = {}, fetch = directFetch } = options;
  const context: SendContext = {
    service: service === 'graph' ? 'graph' : 'arm',
    send: plainKy(authorizedFetch({ credential, cloud, service, fetch, clock })),
    clock,
    logger: quietLogger(options.logger),
    random: options.random ?? Math.random,
    attemptMs: milliseconds('attemptMs', timeLimits.attemptMs ?? 65_000),
    totalMs: milliseconds('totalMs', timeLimits.totalMs ?? 300_000),
    governor: undefined,
  };

  return async ({ method, url, headers: more, body, retry = 'safe', signal }) => {
    const outgoing = {
      method,
      url,
      headers: more,
      // By this one Microsoft Graph looks a request up.
      attemptIdHeader: service === 'graph' ? 'client-request-id' : undefined,
      body: jsonOf(body),
      correlationId: crypto.randomUUID(),
    };
    const reply = await sendWithRetries(context, outgoing, { retry, signal });
    const { status, headers, correlation } = reply;
    return { status, headers, body: parseReply(outgoing, reply), correlation };
  };
}
