import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that the server got. */
export interface SeenRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** A server on loopback that answers as a token service of a CI system does. */
export interface AssertionServer {
  readonly origin: string;
  readonly requests: readonly SeenRequest[];
  /** What the next requests are answered with. */
  answer: { status: number; body: string };
  close(): Promise<void>;
}

/** Starts the server. */
export async function startAssertionServer(): Promise<AssertionServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    requests.push({ method: request.method, url: request.url, headers: request.headers });
    response.writeHead(self.answer.status, { 'content-type': 'application/json' }).end(self.answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const self: AssertionServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: { status: 200, body: '{}' },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}
