import { AmlAuthError, retryAfterMs } from '@aml-auth/core';
import { parseAssertion } from '../../client-assertion/parse-assertion.js';
import type { AcquireTools } from '../create-credential.js';
import { fieldOf } from '../field-of.js';
import type { IncomingReply, OutgoingRequest } from './sender.js';

/** A service that signs tokens for the jobs it runs. */
export interface AssertionService {
  /** Its name, for texts. */
  readonly name: string;
  readonly request: OutgoingRequest;
  /** The field of the JSON reply that holds the token. Default: the whole reply is the token. */
  readonly field?: string | undefined;
  /** What to do when it refuses. */
  readonly remedy: string;
}

/**
 * Asks the service for a token of the running job, to be used as an assertion.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an URL that is not https, `AML_CREDENTIAL_REJECTED`,
 *   `AML_THROTTLED`, `AML_SERVICE_UNAVAILABLE`, and what the sender throws
 */
export async function requestAssertion(
  service: AssertionService,
  { send, clock }: AcquireTools,
): Promise<string> {
  requireSafeUrl(service);
  const reply = await send(service.request);
  if (reply.status !== 200) throw refusal(service, reply, clock.now());
  const { field } = service;
  return parseAssertion(field === undefined ? reply.text : fieldOf(reply.text, field), service.name);
}

/** The request carries a secret of the job: it goes over TLS, or stays on this machine. */
function requireSafeUrl({ name, request }: AssertionService): void {
  const url = URL.parse(request.url);
  const local = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost' || url?.hostname === '[::1]';
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && local)) return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The token URL of ${name} is not an https URL.`,
    remedy: 'Nothing was sent; check who set the variable.',
  });
}

function refusal({ name, remedy }: AssertionService, reply: IncomingReply, now: number): AmlAuthError {
  const { status } = reply;
  const temporary = status === 429 ? 'AML_THROTTLED' : status >= 500 ? 'AML_SERVICE_UNAVAILABLE' : undefined;
  return new AmlAuthError({
    code: temporary ?? 'AML_CREDENTIAL_REJECTED',
    message: `${name} gave no token for this job (status ${status}).`,
    remedy: temporary === undefined ? remedy : 'Try again later.',
    status,
    retryAfterMs: retryAfterMs(reply.headers, now),
  });
}
