import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Connections that wait for their next request. Servers that do not listen themselves keep no count of them. */
export interface IdleConnections {
  /** To be told of every request. */
  track(message: IncomingMessage, response: ServerResponse): void;
  /** Ends them all, so that clients make new ones. */
  end(): void;
}

/** Knows no connection as yet. */
export function createIdleConnections(): IdleConnections {
  const known = new WeakSet<Socket>();
  const idle = new Set<Socket>();
  return {
    track({ socket }, response) {
      idle.delete(socket);
      if (!known.has(socket)) {
        known.add(socket);
        socket.once('close', () => idle.delete(socket));
      }
      response.once('close', () => {
        if (!socket.destroyed) idle.add(socket);
      });
    },
    end() {
      for (const socket of idle) socket.destroy();
      idle.clear();
    },
  };
}
