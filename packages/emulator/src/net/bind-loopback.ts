import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { AmlAuthError } from '@aml-auth/core';

/** Servers on the loopback addresses, all on one port. */
export interface Bound {
  readonly port: number;
  readonly servers: readonly Server[];
}

const ATTEMPTS = 10;

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1. Both get the same port: clients take
 * `localhost` for either, and must not end up with another program.
 *
 * @param port - 0 for any free one
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the port is taken or not allowed
 */
export async function bindLoopback(port: number, onConnection: (socket: Socket) => void): Promise<Bound> {
  for (let attempt = 1; ; attempt += 1) {
    const v4 = await bind(port, '127.0.0.1', onConnection).catch((error: unknown) => {
      throw unusable(port, error);
    });
    const chosen = (v4.address() as AddressInfo).port;
    try {
      return { port: chosen, servers: [v4, await bind(chosen, '::1', onConnection)] };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return { port: chosen, servers: [v4] };
      v4.close();
      if (port !== 0 || attempt === ATTEMPTS) throw unusable(chosen, error);
    }
  }
}

function bind(port: number, host: string, onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onConnection);
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: host === '::1' }, () => {
      server.removeListener('error', reject);
      resolve(server);
    });
  });
}

function unusable(port: number, cause: unknown): AmlAuthError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The emulator cannot listen on port ${port} of the loopback interface (${code}).`,
    remedy: 'Choose another port, or 0 for any free one.',
    cause,
  });
}
