import { once } from 'node:events';
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { WireRequest } from './wire-facts.js';

/** A `fetch` that notes what it sends. */
export function recordingFetch(sent: WireRequest[], through: typeof fetch = fetch): typeof fetch {
  return (input, init) => {
    sent.push({
      method: init?.method ?? 'GET',
      url: input instanceof Request ? input.url : String(input),
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? init.body : '',
    });
    return through(input, init);
  };
}

/** The same for clients of the Azure SDK. Discovery, which ours does without, is left out. */
export function recordingPolicy(sent: WireRequest[]): { policy: PipelinePolicy; position: 'perRetry' } {
  return {
    position: 'perRetry',
    policy: {
      name: 'record',
      sendRequest(request, next) {
        const { method, url, headers, body } = request;
        if (!url.includes('/.well-known/')) {
          sent.push({ method, url, headers: headers.toJSON(), body: typeof body === 'string' ? body : '' });
        }
        return next(request);
      },
    },
  };
}

/** A server that notes what it is asked, and answers each request in its turn. */
export interface RecordingServer {
  readonly origin: string;
  readonly sent: WireRequest[];
  close(): Promise<void>;
}

/** How a request is answered: the response, and the number of the request, from 0. */
export type Answer = (response: ServerResponse, index: number) => void;

/** Starts it on loopback; with a certificate, over TLS. */
export async function startRecordingServer(
  answer: Answer,
  tls?: { readonly cert: string; readonly key: string },
): Promise<RecordingServer> {
  const sent: WireRequest[] = [];
  let origin = '';
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    sent.push({
      method: request.method ?? '',
      url: `${origin}${request.url ?? ''}`,
      headers: Object.fromEntries(headers),
      body,
    });
    answer(response, sent.length - 1);
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void =>
    void handle(request, response);
  const server = tls === undefined ? createPlainServer(listener) : createTlsServer(tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  origin = tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
  return {
    origin,
    sent,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
