import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificateAuthority } from '@aml-auth/emulator';
import { OAuth2Server } from 'oauth2-mock-server';
import type { TokenServer } from './token-server.ts';

/** `oauth2-mock-server` with an RSA key and TLS, so that it does the same cryptography. */
export async function startMockServer(): Promise<TokenServer> {
  const authority = await createCertificateAuthority();
  const { certificate, privateKey } = await authority.issueLeaf();
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-bench-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    await writeFile(key, privateKey, { mode: 0o600 });
    await writeFile(cert, certificate);
    const server = new OAuth2Server(key, cert);
    await server.issuer.keys.generate('RS256');
    await server.start(0, 'localhost');
    const form = new URLSearchParams({ grant_type: 'client_credentials', scope: 'api' }).toString();
    const url = `https://localhost:${server.address().port}/token`;
    return { target: { url, form, ca: authority.certificate }, close: () => server.stop() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
