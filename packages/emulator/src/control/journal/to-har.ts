import { STATUS_CODES } from 'node:http';

import type { Exchange, RecordedMessage } from '../../core/exchange.js';

interface NameValue {
  readonly name: string;
  readonly value: string;
}

interface HarMessage {
  readonly httpVersion: string;
  readonly cookies: never[];
  readonly headers: NameValue[];
  readonly headersSize: number;
  readonly bodySize: number;
}

/** The fields of a form, or another text. */
type HarPostData =
  | { readonly mimeType: string; readonly params: NameValue[] }
  | { readonly mimeType: string; readonly text: string };

/** One request and its answer in an HTTP Archive. What begins with `_` is the emulator's own. */
export interface HarEntry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: HarMessage & {
    readonly method: string;
    readonly url: string;
    readonly queryString: NameValue[];
    readonly postData?: HarPostData;
  };
  readonly response: HarMessage & {
    readonly status: number;
    readonly statusText: string;
    readonly content: { readonly size: number; readonly mimeType: string; readonly text?: string };
    readonly redirectURL: string;
  };
  readonly cache: Record<string, never>;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  readonly comment?: string;
  /** `_fault`: id of the fault that happened. */
  readonly [custom: `_${string}`]: unknown;
}

/** An HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/), as the tools of browsers read it. */
export interface Har {
  readonly log: {
    readonly version: '1.2';
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: HarEntry[];
  };
}

/**
 * Exchanges as an HTTP Archive. Times are those of the emulator's clock. There is no more in it than in the
 * exchanges: secrets are redacted there already.
 */
export function toHar(exchanges: readonly Exchange[]): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: '@aml-auth/emulator', version: '1' },
      entries: exchanges.map(toEntry),
    },
  };
}

function toEntry(exchange: Exchange): HarEntry {
  const { at, durationMs, decision, fault } = exchange;
  return {
    startedDateTime: new Date(at - Math.round(durationMs)).toISOString(),
    time: durationMs,
    request: requestOf(exchange),
    response: responseOf(exchange),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(decision === undefined ? {} : { comment: decision }),
    ...(fault === undefined ? {} : { _fault: fault }),
  };
}

function requestOf({ method, path, host, tls, form, request }: Exchange): HarEntry['request'] {
  const url = new URL(`${tls ? 'https' : 'http'}://${host}${path}`);
  const mimeType = headerOf(request, 'content-type');
  return {
    method,
    url: url.href,
    queryString: pairs(url.searchParams),
    ...messageOf(request),
    ...(request.body === undefined ? {} : { postData: postDataOf(mimeType, request.body, form) }),
  };
}

function postDataOf(mimeType: string, text: string, form: Exchange['form']): HarPostData {
  return form === undefined ? { mimeType, text } : { mimeType, params: pairs(Object.entries(form)) };
}

function responseOf({ status, response }: Exchange): HarEntry['response'] {
  const { size, body } = response;
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    ...messageOf(response),
    content: {
      size,
      mimeType: headerOf(response, 'content-type'),
      ...(body === undefined ? {} : { text: body }),
    },
    redirectURL: headerOf(response, 'location'),
  };
}

function messageOf(message: RecordedMessage): HarMessage {
  return {
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs(message.headers),
    headersSize: -1,
    bodySize: message.size,
  };
}

function headerOf({ headers }: RecordedMessage, name: string): string {
  return headers.find(([key]) => key === name)?.[1] ?? '';
}

function pairs(entries: Iterable<readonly [string, string]>): NameValue[] {
  return [...entries].map(([name, value]) => ({ name, value }));
}
