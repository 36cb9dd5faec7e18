import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** An identity provider of short-lived tokens on loopback, and what it saw. */
export interface ShortTokenServer {
  readonly url: string;
  readonly calls: () => number;
  /** Most calls that were open at the same time. */
  readonly mostAtOnce: () => number;
  readonly close: () => void;
}

/** How long an answer takes, as one of Microsoft Entra ID may. Milliseconds. */
const ANSWER_MS = 50;

/** Starts it. Its tokens live for `lifeMs`. */
export async function startShortTokenServer(lifeMs: number): Promise<ShortTokenServer> {
  let calls = 0;
  let open = 0;
  let most = 0;
  const server = createServer((_request, response) => {
    calls += 1;
    open += 1;
    most = Math.max(most, open);
    const token = `token-${calls}`;
    void pause(ANSWER_MS).then(() => {
      open -= 1;
      response.end(JSON.stringify({ token, expiresOnTimestamp: Date.now() + lifeMs }));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    calls: () => calls,
    mostAtOnce: () => most,
    close: () => void server.close(),
  };
}
