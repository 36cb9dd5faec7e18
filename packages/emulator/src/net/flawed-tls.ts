import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

import type { TlsFlaw } from '../control/faults/fault-rule.js';
import {
  createCertificateAuthority,
  type CertificateAuthority,
  type LeafCertificate,
} from '../tls/certificate-authority.js';

const HOUR_MS = 3_600_000;
/** Within what the authority may certify, and no name of the emulator. */
const WRONG_NAME = 'wrong-host.localhost';

/** Connections with a certificate that clients must refuse. */
export interface FlawedTls {
  /** @param serverName - undefined for addresses of this machine and `localhost` */
  serve(flaw: TlsFlaw, serverName: string | undefined, socket: Socket): void;
}

/** {@link FlawedTls} whose certificates are made when they are first needed. Clients that do not look are answered. */
export function createFlawedTls(authority: CertificateAuthority, onRequest: RequestListener): FlawedTls {
  const servers = new Map<string, Promise<Server>>();

  async function create(flaw: TlsFlaw, name: string | undefined): Promise<Server> {
    const { certificate, privateKey } = await flawedLeaf(authority, flaw, name);
    const server = createServer({ cert: certificate, key: privateKey }, onRequest);
    server.on('clientError', (_error, socket) => {
      socket.destroy();
    });
    // Refusing is what clients are here for.
    server.on('tlsClientError', () => undefined);
    return server;
  }

  return {
    serve(flaw, serverName, socket) {
      const name = serverName === 'localhost' ? undefined : serverName;
      const key = `${flaw} ${name ?? ''}`;
      const server = servers.get(key) ?? create(flaw, name);
      servers.set(key, server);
      server.then(
        (ready) => ready.emit('connection', socket),
        () => socket.destroy(),
      );
    },
  };
}

async function flawedLeaf(
  authority: CertificateAuthority,
  flaw: TlsFlaw,
  name: string | undefined,
): Promise<LeafCertificate> {
  switch (flaw) {
    case 'expired':
      return authority.issueLeaf(name, Date.now() - HOUR_MS);
    case 'untrusted':
      return (await createCertificateAuthority({ permits: authority.permits })).issueLeaf(name);
    case 'wrongHost':
      return authority.issueLeaf(WRONG_NAME);
  }
}
