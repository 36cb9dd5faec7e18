import { publicCloud, type Cloud } from '@aml-auth/core';
import { createSender, type ArmResponse, type RetryMode, type SenderOptions } from '@aml-auth/rest';

import { graphPages } from './graph-pages.js';

/** What a {@link GraphClient} is made from. */
export type GraphClientOptions = Omit<SenderOptions, 'service'>;

/** Query parameters, such as `$filter`; undefined ones are left out. */
export type GraphQuery = Readonly<Record<string, string | number | undefined>>;

/** One request to Microsoft Graph v1.0. */
export interface GraphRequest {
  /** Of the request. Decides, with `retry`, what may be repeated. */
  readonly method: 'GET' | 'PATCH' | 'POST' | 'DELETE';
  /** Encoded, below the version: `/applications/…`. */
  readonly path: string;
  /** Unencoded. Default: none. */
  readonly query?: GraphQuery | undefined;
  /** Beside those for sign-in, JSON and correlation, such as `consistencylevel`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Default `safe`: GET and DELETE are repeated after a temporary failure, POST and PATCH are not. */
  readonly retry?: RetryMode | undefined;
  /** Ends the request with `AML_CANCELLED`. A write may have been carried out. */
  readonly signal?: AbortSignal | undefined;
}

/** A listing. */
export type GraphListRequest = Pick<GraphRequest, 'path' | 'query' | 'headers' | 'signal'>;

/** A client of Microsoft Graph v1.0. */
export interface GraphClient {
  /** The cloud whose Microsoft Graph it asks. */
  readonly cloud: Cloud;
  /**
   * Sends one request, repeating it where that is safe and waiting as long as a 429 asks for.
   *
   * @throws {AmlAuthError} the error of the service, with its code in `armCode` and its request id in
   *   `correlation`; `AML_NETWORK`, `AML_TIMEOUT`, `AML_CANCELLED`, `AML_RESPONSE_INVALID`; what the credential throws
   */
  request(request: GraphRequest): Promise<ArmResponse>;
  /** The items of a listing over all its pages. Nothing is sent before the first step. */
  list(request: GraphListRequest): AsyncIterable<unknown>;
}

/** The part of a {@link GraphClient} that the functions of this package use. */
export type Graph = Pick<GraphClient, 'request' | 'list' | 'cloud'>;

/**
 * Makes a {@link GraphClient}. Sends nothing yet. The token goes to the cloud's Microsoft Graph and nowhere else, not
 * even where a page of a listing leads elsewhere.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a bad time limit
 */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { cloud = publicCloud } = options;
  const send = createSender({ ...options, cloud, service: 'graph' });
  const base = `${cloud.graph.endpoint}/v1.0`;

  const urlOf = (path: string, query: GraphQuery = {}): string => {
    const url = new URL(base + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    // Microsoft Graph reads "+" in a filter as a plus.
    return url.href.replaceAll('+', '%20');
  };

  return {
    cloud,
    request: ({ path, query, ...rest }) => send({ ...rest, url: urlOf(path, query) }),
    list: ({ path, query, headers, signal }) =>
      graphPages({
        firstUrl: urlOf(path, query),
        base: `${base}/`,
        fetchPage: async (url) => (await send({ method: 'GET', url, headers, signal })).body,
      }),
  };
}
