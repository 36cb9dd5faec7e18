import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TlsOptions } from 'node:tls';

import { redact, type Logger } from '@aml-auth/core';

import type { Handle } from '../handle.js';
import type { Proxy } from '../proxy/create-proxy.js';
import type { TlsFlaw } from '../control/faults/fault-rule.js';
import type { CertificateAuthority, LeafCertificate } from '../tls/certificate-authority.js';
import { bindLoopback } from './bind-loopback.js';
import { createFlawedTls } from './flawed-tls.js';
import { createGate } from './gate.js';
import { createIdleConnections } from './idle-connections.js';
import { readServerName } from './read-server-name.js';
import { serveMessage } from './serve-message.js';
import { sniff } from './sniff.js';

/**
 * How long a connection may wait for its next request. The five seconds of Node.js end connections under a client that is
 * busy, in the moment in which it sends; front ends of Azure wait for minutes.
 */
const KEEP_ALIVE_MS = 2 * 60_000;

/** How {@link listen} listens. */
export interface ListenOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly leaf: LeafCertificate;
  /** Makes certificates with flaws. */
  readonly authority: CertificateAuthority;
  /** What is wrong with the certificate of a new connection to a host. */
  readonly tlsFlaw: (host: string) => TlsFlaw | undefined;
  readonly handle: Handle;
  /** Whether a `host:port` is the emulator, under any of its names. */
  readonly isOwnHost: (host: string) => boolean;
  /** Makes the port a forward proxy for hosts of Azure. Without it, `CONNECT` leads to the emulator only. */
  readonly proxy?: Proxy | undefined;
  readonly logger: Logger;
}

/** The open port. */
export interface Listener {
  readonly port: number;
  /** Ends the connections over TLS that wait for their next request, so that clients make new ones. */
  endIdle(): void;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/**
 * Opens one port on the loopback interface that speaks http, https, and `CONNECT` to itself. The
 * first byte of a connection tells which.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { handle, leaf, logger, proxy } = options;
  const sockets = new Set<Socket>();
  const idle = createIdleConnections();
  const gate = createGate(options);

  const onRequest =
    (tls: boolean) =>
    (message: IncomingMessage, response: ServerResponse): void => {
      if (tls) idle.track(message, response);
      if (gate.divert(message, response, tls)) return;
      serveMessage(handle, message, response, tls).catch((error: unknown) => {
        // The client went away in the middle of its request, or of the answer.
        logger.debug({ event: 'emulator.connection.lost', message: redact(String(error)) });
        response.destroy();
      });
    };
  const http = createHttpServer(onRequest(false));
  const https = createHttpsServer(
    {
      cert: leaf.certificate,
      key: leaf.privateKey,
      ...(proxy === undefined ? {} : { SNICallback: contextOf(proxy) }),
    },
    onRequest(true),
  );

  const flawed = createFlawedTls(options.authority, onRequest(true));

  for (const server of [http, https]) {
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.on('connect', (message: IncomingMessage, socket: Duplex, head: Buffer) => {
      gate.connect(message.url ?? '', socket, head, bound.port);
    });
    server.on('clientError', (_error: Error, socket: Duplex) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      else socket.destroy();
    });
  }
  https.on('tlsClientError', (error) => {
    logger.info({ event: 'emulator.tls.failed', message: redact(error.message) });
  });

  const bound = await bindLoopback(options.port, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    sniff(socket, (isTls, start) => {
      const name = isTls ? readServerName(start) : undefined;
      const flaw = isTls ? options.tlsFlaw(name ?? 'localhost') : undefined;
      if (flaw !== undefined) {
        flawed.serve(flaw, name, socket);
        return;
      }
      (isTls ? https : http).emit('connection', socket);
      // TLS reads below the stream; http waits for it to flow again.
      if (!isTls) socket.resume();
    });
  });
  return {
    port: bound.port,
    endIdle: () => {
      idle.end();
    },
    async close() {
      const closed = bound.servers.map(closeServer);
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

function contextOf(proxy: Proxy): NonNullable<TlsOptions['SNICallback']> {
  return (name, done) => {
    proxy.secureContext(name).then(
      (context) => {
        done(null, context);
      },
      (error: unknown) => {
        done(error as Error);
      },
    );
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
