import { timingSafeEqual } from 'node:crypto';

/** A request that came to the loopback listener. */
export interface CallbackRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly host: string | undefined;
  readonly contentType: string | undefined;
  /** Of a `POST`; undefined where it has not been read. */
  readonly body: string | undefined;
}

/** What the listener waits for. */
export interface ExpectedCallback {
  /** What the `Host` header says, port included. */
  readonly host: string;
  readonly path: string;
  readonly state: string;
}

/**
 * What a request to the listener is:
 * `answer` – the answer of the authority; `inAddress` – the answer, but in the address, where histories and
 * logs keep it; `refuse` – of somebody else: the sign-in goes on waiting.
 */
export type CallbackDecision =
  | { readonly then: 'answer'; readonly fields: URLSearchParams }
  | { readonly then: 'inAddress' }
  | { readonly then: 'refuse'; readonly status: 400 | 404 | 405 | 415 | 421 };

const FORM = 'application/x-www-form-urlencoded';

/**
 * Decides about one request. Only a form with the state of this sign-in is an answer: neither a page that
 * was rebound to this address by DNS nor any other program can end the sign-in or put a code into it
 * (RFC 8252 section 8, RFC 9700 section 4.7).
 */
export function readCallback(request: CallbackRequest, expected: ExpectedCallback): CallbackDecision {
  if (request.host?.toLowerCase() !== expected.host) return refuse(421);
  const [path, query] = split(request.url);
  if (path !== expected.path) return refuse(404);
  switch (request.method) {
    case 'POST': {
      if (request.contentType?.split(';')[0]?.trim().toLowerCase() !== FORM) return refuse(415);
      const fields = new URLSearchParams(request.body ?? '');
      return isAnswer(fields, expected.state) ? { then: 'answer', fields } : refuse(400);
    }
    case 'GET':
      return isAnswer(new URLSearchParams(query), expected.state) ? { then: 'inAddress' } : refuse(400);
    default:
      return refuse(405);
  }
}

/** One state, the right one, and exactly one code or error. */
function isAnswer(fields: URLSearchParams, state: string): boolean {
  const [found, more] = fields.getAll('state');
  const outcomes = [...fields.getAll('code'), ...fields.getAll('error')];
  return found !== undefined && more === undefined && outcomes.length === 1 && isSame(found, state);
}

function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function split(url: string): [string, string] {
  const at = url.indexOf('?');
  return at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}

function refuse(status: 400 | 404 | 405 | 415 | 421): CallbackDecision {
  return { then: 'refuse', status };
}
