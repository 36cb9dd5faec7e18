import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { entraError, type SignInSubject } from '../../entra/entra-error.js';
import { parseTokenReply } from '../../entra/parse-token-reply.js';
import type { AcquireTools } from '../create-credential.js';
import type { IncomingReply } from '../http/sender.js';

/** MSAL's door to the network, and what came through it. */
export interface MsalNetwork {
  readonly module: INetworkModule;
  /** Why the exchange failed, as an error of ours; undefined where it did not. */
  failure(): AmlAuthError | undefined;
  /** The last successful reply's body, parsed. */
  lastReply(): unknown;
}

/**
 * A network module over our sender. It keeps the service's own words: MSAL's exceptions drop the
 * status, the ids and most of the error body. It talks to the authority host alone.
 */
export function msalNetwork({ send, clock }: AcquireTools, subject: SignInSubject): MsalNetwork {
  let failure: AmlAuthError | undefined;
  let lastReply: unknown;

  async function exchange<T>(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions | undefined,
  ): Promise<NetworkResponse<T>> {
    try {
      requireHost(url, subject.authorityHost);
      const reply = await send({ method, url, headers: options?.headers ?? {}, body: options?.body });
      const body = parseBody(reply);
      if (reply.status !== 200 || isErrorBody(body)) throw entraError(reply, body, subject, clock.now());
      // msal-node has no typed error for what is no token reply.
      if (method === 'POST') parseTokenReply(body, clock.now(), subject.authorityHost);
      lastReply = body;
      return { status: reply.status, headers: Object.fromEntries(reply.headers), body: body as T };
    } catch (error) {
      if (isAmlAuthError(error)) failure = error;
      throw error;
    }
  }

  return {
    module: {
      sendGetRequestAsync: (url, options) => exchange('GET', url, options),
      sendPostRequestAsync: (url, options) => exchange('POST', url, options),
    },
    failure: () => failure,
    lastReply: () => lastReply,
  };
}

function requireHost(url: string, authorityHost: string): void {
  if (URL.parse(url)?.origin === authorityHost) return;
  throw new AmlAuthError({
    code: 'AML_UNTRUSTED_HOST',
    message: `A sign-in request would have gone to ${URL.parse(url)?.host ?? 'another host'} instead of ${authorityHost}.`,
    remedy: 'Check the option cloud, and AZURE_AUTHORITY_HOST in the environment; nothing was sent.',
  });
}

/** The JSON of the reply, or undefined where it is something else. */
function parseBody(reply: IncomingReply): unknown {
  try {
    return JSON.parse(reply.text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

/** A status of 200 with an `error` field is a refusal all the same. */
function isErrorBody(body: unknown): boolean {
  return typeof body === 'object' && body !== null && typeof (body as { error?: unknown }).error === 'string';
}
