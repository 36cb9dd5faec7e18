import { MAX_BODY_BYTES } from '../read-text.js';
import { decodeBody } from './decode-body.js';
import { dispatchRequest } from './dispatch-request.js';
import { platformDispatcher, type Dispatcher } from './platform-dispatcher.js';
import { receivedResponse } from './received-response.js';

/** Replies that have no body, whatever their headers say (Fetch standard, null body status). */
const BODILESS = new Set([204, 205, 304]);

/**
 * The platform's `fetch` for small requests that are read whole, at half its price: it hands them to the dispatcher that
 * `fetch` itself sends with, so that connections, proxies, certificates and errors are the same, and leaves out what a
 * browser does on the way (a policy of origins, streams). The promise settles when the body is there; a body above 32 MiB
 * is refused. What is no such request goes to the global `fetch`: a redirect to be followed, a body that is a stream or a
 * form, a platform without such a dispatcher.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` for a body that is too large; otherwise as `fetch`, with the error of the
 *   connection as it is
 */
export const directFetch: typeof fetch = async (input, init = {}) => {
  const { body = null, redirect } = init;
  const isSimple = !(input instanceof Request) && redirect === 'manual' && isSimpleBody(body);
  const dispatcher = isSimple ? platformDispatcher() : undefined;
  if (dispatcher === undefined || !isSimple) return fetch(input, init);
  return send(dispatcher, new URL(input), body, init);
};

type SimpleBody = string | ArrayBuffer | null;

function isSimpleBody(body: unknown): body is SimpleBody {
  return body === null || typeof body === 'string' || body instanceof ArrayBuffer;
}

async function send(
  dispatcher: Dispatcher,
  { origin, pathname, search }: URL,
  body: SimpleBody,
  { method = 'GET', headers, signal }: RequestInit,
): Promise<Response> {
  const options = {
    origin,
    path: pathname + search,
    method,
    headers: rawHeaders(new Headers(headers), body),
    body: body instanceof ArrayBuffer ? new Uint8Array(body) : body,
  };
  const reply = await dispatchRequest(dispatcher, options, MAX_BODY_BYTES, signal ?? undefined);
  const { status, statusText } = reply;
  const received = new Headers();
  for (let at = 0; at + 1 < reply.rawHeaders.length; at += 2) {
    received.append(reply.rawHeaders[at] ?? '', reply.rawHeaders[at + 1] ?? '');
  }
  const isBodiless = method === 'HEAD' || BODILESS.has(status);
  const bytes = isBodiless
    ? new Uint8Array()
    : await decodeBody(reply.bytes, received.get('content-encoding'), MAX_BODY_BYTES);
  signal?.throwIfAborted();
  return receivedResponse(bytes, { status, statusText, headers: received });
}

/** What `fetch` would add, less what only a browser has to say. */
function rawHeaders(headers: Headers, body: SimpleBody): string[] {
  if (!headers.has('accept-encoding')) headers.set('accept-encoding', 'gzip, deflate, br');
  if (!headers.has('user-agent')) headers.set('user-agent', 'node');
  if (!headers.has('accept')) headers.set('accept', '*/*');
  if (typeof body === 'string' && !headers.has('content-type')) {
    headers.set('content-type', 'text/plain;charset=UTF-8');
  }
  return [...headers].flat();
}
