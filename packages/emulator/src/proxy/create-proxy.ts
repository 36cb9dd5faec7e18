import { createSecureContext, type SecureContext } from 'node:tls';

import type { CertificateAuthority } from '../tls/certificate-authority.js';
import { certificateName } from './virtual-hosts.js';

/** What the port needs to be a forward proxy. */
export interface Proxy {
  /** Whether a `host:port` beyond this machine may be reached. */
  readonly isPassthrough: (host: string) => boolean;
  /** The certificate for the name that a client asks for; undefined for names of the emulator. */
  readonly secureContext: (serverName: string) => Promise<SecureContext | undefined>;
}

/** A {@link Proxy} that has certificates made when they are first asked for, and keeps them. */
export function createProxy(
  authority: CertificateAuthority,
  isPassthrough: (host: string) => boolean,
): Proxy {
  const contexts = new Map<string, Promise<SecureContext>>();

  async function issue(name: string): Promise<SecureContext> {
    const { certificate, privateKey } = await authority.issueLeaf(name);
    return createSecureContext({ cert: certificate, key: privateKey });
  }

  return {
    isPassthrough,
    async secureContext(serverName) {
      const name = certificateName(serverName);
      if (name === undefined) return undefined;
      const known = contexts.get(name) ?? issue(name);
      contexts.set(name, known);
      return known;
    },
  };
}
