import { once } from 'node:events';
import type { TLSSocket } from 'node:tls';
import { httpsFetch } from '../../lib/http/https-fetch.js';

/**
 * A `fetch` that trusts one certificate by its SHA-1 thumbprint. The certificate is compared before
 * a byte of the request is sent; its chain and its name do not matter.
 */
export function pinnedFetch(thumbprint: string): typeof fetch {
  const expected = thumbprint.replace(/[^\da-f]/gi, '').toLowerCase();
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const socket = await connectTo(url, expected, init.signal ?? undefined);
    return httpsFetch(url, init, { createConnection: () => socket });
  };
}

async function connectTo(url: URL, expected: string, signal: AbortSignal | undefined): Promise<TLSSocket> {
  const { connect } = await import('node:tls');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // The thumbprint takes the place of the chain: it is compared below, before anything is sent.
  const socket = connect({ host, port: Number(url.port || 443), rejectUnauthorized: false });
  try {
    await once(socket, 'secureConnect', signal === undefined ? {} : { signal });
    const actual = socket.getPeerCertificate().fingerprint.replaceAll(':', '').toLowerCase();
    if (actual === expected) return socket;
    throw Object.assign(new Error('thumbprint'), { code: 'ERR_TLS_CERT_THUMBPRINT' });
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
