import type { IncomingMessage } from 'node:http';

import type { Connection } from '../http/call.js';

/** A request as the core takes it, with what is known of its connection. */
export interface Incoming {
  readonly request: Request;
  readonly connection: Connection;
}

/**
 * Turns a message of `node:http` into a `Request`.
 *
 * @param tls - whether it came over TLS
 * @returns undefined where target and headers make no request
 */
export function toRequest(message: IncomingMessage, tls: boolean, body: Buffer): Incoming | undefined {
  const target = message.url ?? '/';
  // In absolute form (RFC 9112, section 3.2.2) the target outweighs the Host header. Some clients
  // send https URLs in it to a proxy, without TLS; what they mean is https.
  const url = target.startsWith('/')
    ? URL.parse(`${tls ? 'https' : 'http'}://${message.headers.host ?? ''}${target}`)
    : URL.parse(target);
  if (url === null || !/^https?:$/.test(url.protocol) || url.host === '') return undefined;
  const method = message.method ?? 'GET';
  try {
    const request = new Request(url, {
      method,
      headers: readHeaders(message),
      ...(body.length === 0 || method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
    });
    return {
      request,
      connection: {
        host: hostWithPort(url),
        tls: tls || url.protocol === 'https:',
        remote: message.socket.remoteAddress ?? '',
      },
    };
  } catch {
    // Methods such as TRACE, and URLs with a user name, are not for `Request`.
    return undefined;
  }
}

function readHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  return headers;
}

/** The port is always there, so that hosts can be compared. */
function hostWithPort(url: URL): string {
  if (url.port !== '') return url.host;
  return `${url.hostname}:${url.protocol === 'https:' ? '443' : '80'}`;
}
