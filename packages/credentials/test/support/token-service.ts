import { manualClock, type ManualClock } from '@aml-auth/core/testing';
import { fromClientSecret, type ClientSecretOptions } from '@aml-auth/credentials';
import type { Credential } from '@aml-auth/core';

const ID = '11111111-1111-4111-8111-111111111111';

/** A reply of the token endpoint, or what `fetch` rejects with. */
export type Reply = Response | Error;

/** A credential whose token endpoint and time are in the hands of a test. */
export interface TokenService {
  readonly clock: ManualClock;
  readonly credential: Credential;
  /** When each request came, in milliseconds of the monotonic clock. */
  readonly requests: readonly number[];
}

/** @param answer - what the n-th request (from 1) gets; the time is that of the monotonic clock */
export function tokenService(
  answer: (request: number, at: number) => Reply | Promise<Reply>,
  more: Partial<ClientSecretOptions> = {},
): TokenService {
  const clock = manualClock();
  const requests: number[] = [];
  const credential = fromClientSecret({
    tenantId: ID,
    clientId: ID,
    clientSecret: 'secret',
    clock,
    async fetch(_input, init) {
      requests.push(clock.monotonic());
      const reply = await answer(requests.length, clock.monotonic());
      if (init?.signal?.aborted === true) throw new DOMException('aborted', 'AbortError');
      if (reply instanceof Error) throw reply;
      return reply;
    },
    ...more,
  });
  return { clock, credential, requests };
}

let issued = 0;

/** A token that lasts an hour, or as many seconds. */
export function grant(seconds = 3600): Response {
  issued += 1;
  return Response.json({ access_token: `token-${issued}`, token_type: 'Bearer', expires_in: seconds });
}

/** A status without a token. */
export function status(code: number, body: unknown = {}, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status: code, headers });
}

/** What `fetch` rejects with where the system says that. */
export function outage(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}
