/** What the arguments of a `fetch` ask for. */
export interface ParsedRequest {
  readonly method: string;
  /** A copy: it may be changed. */
  readonly headers: Headers;
  readonly signal: AbortSignal | undefined;
  /** Reads a body that is a stream into memory. */
  readonly readBody: () => Promise<ArrayBuffer | string | null>;
}

/**
 * Reads the arguments of a `fetch`. A Request costs as much as all the rest of a signed-in call, so none is made where
 * there is one already, nor for what needs no reading: a method as it is sent, and text or nothing for a body.
 *
 * @throws {TypeError} as `new Request` does
 */
export function parseRequest(input: string | URL | Request, init: RequestInit = {}): ParsedRequest {
  if (input instanceof Request) {
    if (Object.keys(init).every((name) => name === 'signal')) return ofRequest(input, init.signal);
    return ofRequest(new Request(input, init), undefined);
  }
  const { method = 'GET', body = null, headers, signal } = init;
  if (!isPlain(method, body)) return ofRequest(new Request(input, init), undefined);
  return {
    method,
    headers: new Headers(headers),
    signal: signal ?? undefined,
    readBody: () => Promise.resolve(body),
  };
}

function isPlain(method: string, body: unknown): body is string | null {
  if (method === 'GET' || method === 'HEAD') return body === null;
  return /^(?:PUT|PATCH|POST|DELETE)$/.test(method) && (body === null || typeof body === 'string');
}

function ofRequest(request: Request, signal: AbortSignal | null | undefined): ParsedRequest {
  return {
    method: request.method,
    headers: new Headers(request.headers),
    signal: signal ?? request.signal,
    readBody: () => (request.body === null ? Promise.resolve(null) : request.arrayBuffer()),
  };
}
