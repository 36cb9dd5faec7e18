import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What is written to the connection, byte for byte, and what becomes of it then. Default: it stays open. */
export interface RawAnswer {
  readonly send: readonly (string | Uint8Array)[];
  readonly then?: 'end' | 'reset';
}

/** A server on loopback that knows nothing of HTTP but where a request ends. */
export interface RawServer {
  readonly origin: string;
  /** Requests as they came, with their bodies, and the number of the connection of each. */
  readonly requests: { readonly text: string; readonly connection: number }[];
  /** Settles when so many connections have been closed. */
  readonly closed: (count: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Answers a request for `/name` with what `answers` has for it. */
export async function startRawServer(answers: Readonly<Record<string, RawAnswer>>): Promise<RawServer> {
  const requests: RawServer['requests'] = [];
  const sockets = new Set<Socket>();
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let connections = 0;
  let closed = 0;

  async function answer(socket: Socket, text: string): Promise<void> {
    const { send, then } = answers[/^\S+ \/([\w-]*)/.exec(text)?.[1] ?? ''] ?? { send: [] };
    for (const part of send) {
      // Each in a packet of its own, so that a body comes in pieces.
      await new Promise((resolve) => socket.write(part, resolve));
    }
    if (then === 'end') socket.end();
    if (then === 'reset') socket.resetAndDestroy();
  }

  const server = createServer({ noDelay: true }, (socket) => {
    const connection = (connections += 1);
    sockets.add(socket);
    let text = '';
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      closed += 1;
      for (const { count, resolve } of waiting) if (closed >= count) resolve();
    });
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const [head = '', body] = text.split('\r\n\r\n', 2);
      const length = Number(/\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (body === undefined || body.length < length) return;
      requests.push({ text, connection });
      const request = text;
      text = '';
      void answer(socket, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    closed: (count) =>
      new Promise((resolve) => {
        if (closed >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
