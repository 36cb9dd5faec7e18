import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';

/** Headers that are for the next hop only (RFC 9110, section 7.6.1), besides those that `Connection` names. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Sends a request in absolute form on to its host, over http, and the answer back. */
export function forward(message: IncomingMessage, response: ServerResponse, url: URL): void {
  const upstream = httpRequest(url, {
    method: message.method,
    headers: { ...endToEnd(message.headers), host: url.host },
    agent: false,
  });
  upstream.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
    answer.pipe(response);
    answer.once('error', () => response.destroy());
  });
  upstream.once('error', (error: NodeJS.ErrnoException) => {
    if (response.headersSent) response.destroy();
    else refuseForward(response, `${url.host} cannot be reached (${error.code ?? 'unknown'}).`);
  });
  response.once('close', () => upstream.destroy());
  message.pipe(upstream);
}

/** Answers a request for a host that is not let through: status 502 and a text that says which. */
export function refuseForward(response: ServerResponse, text: string): void {
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${text}\n`);
}

function endToEnd<T extends IncomingMessage['headers']>(headers: T): T {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([...HOP_BY_HOP, ...named]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name))) as T;
}
