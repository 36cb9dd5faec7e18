import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AmlAuthError } from '@aml-auth/core';
import type { RedirectTarget } from './redirect-target.js';

/** How often another port is tried where the one of the first address is taken at the second. */
const ATTEMPTS = 5;
const ABSENT: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/**
 * Binds servers to every loopback address that the host name of the target can mean, on one port. Were one
 * of them left out, another program could listen there and be given the answer.
 *
 * @param make - makes a server that is not listening yet
 * @returns the port
 * @throws {AmlAuthError} `AML_UNAVAILABLE` where the port is taken or there is no loopback address
 */
export async function bindLoopback(target: RedirectTarget, make: () => Server): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const bound: Server[] = [];
    let { port } = target;
    try {
      for (const address of addressesOf(target.hostname)) {
        const server = make();
        if (!(await listens(server, address, port))) continue;
        bound.push(server);
        ({ port } = server.address() as AddressInfo);
      }
      if (bound.length > 0) return port;
      throw unavailable('This machine has no loopback address.', undefined);
    } catch (error) {
      for (const server of bound) server.close();
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (taken && target.port === 0 && attempt < ATTEMPTS) continue;
      if (error instanceof AmlAuthError) throw error;
      const why = (error as NodeJS.ErrnoException).code ?? 'unknown';
      throw unavailable(`Port ${port} cannot be listened on for the answer of the browser (${why}).`, error);
    }
  }
}

function addressesOf(hostname: string): readonly string[] {
  if (hostname === 'localhost') return ['127.0.0.1', '::1'];
  return [hostname.replace(/^\[|\]$/g, '')];
}

/** False where the machine has no such address. */
async function listens(server: Server, address: string, port: number): Promise<boolean> {
  try {
    // Rejects with the server's error.
    const listening = once(server, 'listening');
    server.listen({ host: address, port, exclusive: true });
    await listening;
    return true;
  } catch (error) {
    if (ABSENT.has((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function unavailable(message: string, cause: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_UNAVAILABLE',
    message,
    remedy: 'Leave the port out of redirectUri, or use fromDeviceCode().',
    cause,
  });
}
