import {
  abortable,
  AmlAuthError,
  cancelled,
  defaultScope,
  toAmlAuthError,
  type Cloud,
  type Credential,
} from '@aml-auth/core';
import { transportFailure } from './transport-failure.js';
import { trustedUrl } from './trusted-url.js';

/** What {@link authorizedFetch} is made from. */
export interface AuthorizedFetchOptions {
  readonly credential: Credential;
  readonly cloud: Cloud;
  /** Whose tokens are sent, and where they may go. Default: `resourceManager`. */
  readonly service?: 'resourceManager' | 'graph' | undefined;
  /** Sends the request. Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
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
 * Sends `x-ms-client-request-id` and `x-ms-correlation-request-id` (a new GUID each, unless the caller
 * set one) and `x-ms-return-client-request-id` (Azure Resource Manager RPC, common API details).
 *
 * @throws {AmlAuthError} `AML_UNTRUSTED_HOST`, `AML_NETWORK`, `AML_CANCELLED`, and what the credential throws
 */
export function authorizedFetch(options: AuthorizedFetchOptions): typeof fetch {
  const { credential, cloud, fetch: send = fetch } = options;
  const service = cloud[options.service ?? 'resourceManager'];
  const scope = defaultScope(service.audience);

  return async (input, init) => {
    const url = trustedUrl(urlOf(input), service.endpoint);
    const request = new Request(input, init);
    const { signal } = request;
    const headers = new Headers(request.headers);
    for (const id of [CLIENT_REQUEST_ID, CORRELATION_REQUEST_ID]) {
      if (!headers.has(id)) headers.set(id, crypto.randomUUID());
    }
    headers.set('x-ms-return-client-request-id', 'true');
    headers.set('authorization', `Bearer ${await tokenOf(credential, scope, signal)}`);
    const body = request.body === null ? null : await request.arrayBuffer();
    try {
      // A URL and plain options: a `fetch` of another library does not know this one's Request.
      return await send(url.href, { method: request.method, headers, body, signal, redirect: 'manual' });
    } catch (error) {
      throw signal.aborted ? cancelled(signal) : transportFailure(url, error);
    }
  };
}

function urlOf(input: string | URL | Request): string {
  return typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
}

async function tokenOf(credential: Credential, scope: string, signal: AbortSignal): Promise<string> {
  const pending = credential.getToken(scope, { abortSignal: signal });
  const answer = await abortable(pending, signal).catch((error: unknown) => {
    throw toAmlAuthError(error);
  });
  // Credentials of other libraries may answer null, and a token is text from outside.
  const token = (answer as { token?: unknown } | null)?.token;
  if (typeof token === 'string' && TOKEN.test(token)) return token;
  throw new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The credential (${credential.describe().method}) gave no usable token for ${scope}.`,
    remedy: 'Sign in again; if that does not help, report the credential that gave it.',
  });
}
