import {
  abortable,
  AmlAuthError,
  cancelled,
  defaultScope,
  systemClock,
  toAmlAuthError,
  type AccessToken,
  type Clock,
  type Cloud,
  type CloudService,
  type Credential,
} from '@aml-auth/core';
import { challengeAnswers } from '../challenge/challenge-answers.js';
import { claimsChallenge } from '../challenge/claims-challenge.js';
import { transportFailure } from './transport-failure.js';
import { parseRequest } from './parse-request.js';
import { trustedUrls } from './trusted-url.js';

/** What {@link authorizedFetch} is made from. */
export interface AuthorizedFetchOptions {
  /** Whose tokens are sent. */
  readonly credential: Credential;
  /** Where the service is, and the audience of its tokens. */
  readonly cloud: Cloud;
  /** Whose tokens are sent, and where they may go. Default: `resourceManager`. */
  readonly service?: 'resourceManager' | 'graph' | undefined;
  /** Sends the request. Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** Tells whether a token that answered a claims challenge has expired. Default: the machine's. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
}

/** `x-ms-client-request-id`: one GUID for each request sent. */
export const CLIENT_REQUEST_ID = 'x-ms-client-request-id';
/** `x-ms-correlation-request-id`: one GUID for all requests of one logical operation. */
export const CORRELATION_REQUEST_ID = 'x-ms-correlation-request-id';

/** Visible ASCII: a token with anything else (a line break above all) could smuggle a header in. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * A `fetch` that signs in. The token of the credential goes to one service of one cloud: a URL of
 * another origin, another scheme, or with user info is refused before any token is asked for.
 * Redirects are not followed: their response comes back as it is (status 3xx). A body is read into
 * memory before it is sent.
 *
 * Tokens are asked for with `enableCae`, so that a service may revoke them. A 401 with a claims
 * challenge is answered once: one token with these claims for all requests that were refused with the
 * same token, and one repetition of each. A second 401 comes back as it is.
 *
 * Sends `x-ms-client-request-id` and `x-ms-correlation-request-id` (a new GUID each, unless the caller
 * set one) and `x-ms-return-client-request-id` (Azure Resource Manager RPC, common API details).
 *
 * @throws {AmlAuthError} `AML_UNTRUSTED_HOST`, `AML_NETWORK`, `AML_CANCELLED`, and what the credential throws
 */
export function authorizedFetch(options: AuthorizedFetchOptions): typeof fetch {
  const { credential, cloud, fetch: send, clock } = options;
  return fetchFor({ credential, service: cloud[options.service ?? 'resourceManager'], fetch: send, clock });
}

/** What {@link fetchFor} is made from. */
export interface ServiceFetchOptions extends Pick<AuthorizedFetchOptions, 'credential' | 'fetch' | 'clock'> {
  /** Where tokens go, and whose tokens these are. */
  readonly service: CloudService;
}

/** The same for a service that a resource named: its endpoint is the only place where tokens go. */
export function fetchFor(options: ServiceFetchOptions): typeof fetch {
  const { credential, service, fetch: send = fetch, clock = systemClock } = options;
  const scope = defaultScope(service.audience);
  const challenges = challengeAnswers(
    (claims, abortSignal) => tokenOf(credential, scope, { claims, abortSignal }),
    clock,
  );

  const trusted = trustedUrls(service.endpoint);

  return async (input, init) => {
    const url = trusted(urlOf(input));
    const { method, headers, signal, readBody } = parseRequest(input, init);
    for (const id of [CLIENT_REQUEST_ID, CORRELATION_REQUEST_ID]) {
      if (!headers.has(id)) headers.set(id, crypto.randomUUID());
    }
    headers.set('x-ms-return-client-request-id', 'true');
    const { token } = await tokenOf(credential, scope, { abortSignal: signal });
    const body = await readBody();

    const sendWith = async (bearer: string): Promise<Response> => {
      headers.set('authorization', `Bearer ${bearer}`);
      try {
        // A URL and plain options: a `fetch` of another library does not know this one's Request.
        return await send(url.href, { method, headers, body, signal: signal ?? null, redirect: 'manual' });
      } catch (error) {
        throw signal?.aborted === true ? cancelled(signal) : transportFailure(url, error);
      }
    };

    const response = await sendWith(token);
    const claims = response.status === 401 ? claimsChallenge(response.headers) : undefined;
    if (claims === undefined) return response;
    const answer = await challenges.answer(token, claims, signal);
    // A source that gives the refused token again has nothing better.
    if (answer === token) return response;
    await response.body?.cancel();
    return sendWith(answer);
  };
}

function urlOf(input: string | URL | Request): string {
  return typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
}

interface TokenAsked {
  readonly claims?: string;
  readonly abortSignal: AbortSignal | undefined;
}

async function tokenOf(credential: Credential, scope: string, asked: TokenAsked): Promise<AccessToken> {
  const pending = credential.getToken(scope, { ...asked, enableCae: true });
  const answer = await abortable(pending, asked.abortSignal).catch((error: unknown) => {
    throw toAmlAuthError(error);
  });
  // Credentials of other libraries may answer null, and a token is text from outside.
  const token = (answer as { token?: unknown } | null)?.token;
  if (typeof token === 'string' && TOKEN.test(token)) return answer;
  throw new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The credential (${credential.describe().method}) gave no usable token for ${scope}.`,
    remedy: 'Sign in again; if that does not help, report the credential that gave it.',
  });
}
