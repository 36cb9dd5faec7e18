import { AmlAuthError, isAmlAuthError, type Clock, type Credential } from '@aml-auth/core';
import { CLIENT_REQUEST_ID, fetchFor } from '../http/authorized-fetch.js';
import { readText } from '../http/read-text.js';
import { transportFailure } from '../http/transport-failure.js';
import type { EndpointFacts } from './endpoint-facts.js';
import { scoringError } from './scoring-error.js';
import type { ScoreInput } from './score-input.js';

/** What sends a request to an endpoint. */
export interface ScoreSender {
  /** Of the workspaces' data plane: what an Entra token is asked for. */
  readonly audience: string;
  readonly fetch: typeof fetch | undefined;
  readonly clock: Clock;
}

/** A reply with a status from 200 to 299, its body read. */
export interface ScoreReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Sends one request to an endpoint, with one secret. That goes to the origin of the scoring URI and nowhere else: no
 * redirect is followed.
 *
 * @throws {AmlAuthError} that of the reply; `AML_NETWORK`, `AML_CANCELLED`; what the credential throws
 */
export async function sendScore(
  sender: ScoreSender,
  target: EndpointFacts & { readonly name: string },
  secret: Credential,
  input: ScoreInput,
  signal: AbortSignal,
): Promise<ScoreReply> {
  const { scoringUri: url, name: endpoint, authMode } = target;
  const { origin } = new URL(url);
  const service = { endpoint: origin, audience: sender.audience };
  const send = fetchFor({ credential: secret, service, fetch: sender.fetch, clock: sender.clock });
  const clientRequestId = crypto.randomUUID();
  const headers = { ...input.headers, [CLIENT_REQUEST_ID]: clientRequestId };
  try {
    const response = await send(url, { method: 'POST', headers, body: input.body, signal });
    const { status } = response;
    const text = await readText(response);
    if (status >= 200 && status < 300) return { status, headers: response.headers, text };
    const refusal = {
      endpoint,
      authMode,
      url,
      status,
      headers: response.headers,
      body: text,
      clientRequestId,
    };
    throw scoringError(refusal, sender.clock.now());
  } catch (error) {
    if (isAmlAuthError(error)) throw error;
    throw transportFailure(url, error);
  }
}

/**
 * The body of a reply: JSON where it says so, else text.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function scoreBody(endpoint: string, { status, headers, text }: ScoreReply): unknown {
  if (text === '' || !/\bjson\b/i.test(headers.get('content-type') ?? '')) return text;
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: `The endpoint ${endpoint} said that it answers with JSON, and did not.`,
      remedy: 'Correct the content type or the answer in the scoring script.',
      status,
    });
  }
}
