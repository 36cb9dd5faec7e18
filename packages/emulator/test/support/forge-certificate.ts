import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';

import type { StoredAuthority } from '../../src/tls/certificate-authority.js';
import { x509 } from '../../src/tls/x509.js';

const DAY_MS = 86_400_000;
const KEY = { name: 'ECDSA', namedCurve: 'P-256' };

/** A certificate for a name, and its key, as somebody would make them who stole the authority's key. PEM. */
async function forgeCertificate(
  stored: StoredAuthority,
  name: string,
): Promise<{ cert: string; key: string }> {
  const der = createPrivateKey(stored.privateKey).export({ type: 'pkcs8', format: 'der' });
  const signingKey = await crypto.subtle.importKey('pkcs8', new Uint8Array(der), KEY, true, ['sign']);
  const keys = await crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const forged = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: new x509.X509Certificate(stored.certificate).subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    cert: forged.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
  };
}

/** What a client that trusts the authority says to a server with a forged certificate: an error, or `accepted`. */
export async function tryForgedCertificate(stored: StoredAuthority, name: string): Promise<string> {
  const server = createServer(await forgeCertificate(stored, name));
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ host: '127.0.0.1', port, ca: stored.certificate, servername: name });
  try {
    await once(client, 'secureConnect');
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  } finally {
    client.destroy();
    server.close();
  }
}
