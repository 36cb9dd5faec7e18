import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createServer, connect as tlsConnect } from 'node:tls';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { createCertificateAuthority } from '@aml-auth/emulator';
import { expect, test } from 'vitest';

import { generateAuthority } from '../../src/tls/certificate-authority.js';
import { x509 } from '../../src/tls/x509.js';

const DAY_MS = 86_400_000;
const SUBJECT_KEY = '2.5.29.14';
const AUTHORITY_KEY = '2.5.29.35';
const NAME_CONSTRAINTS = '2.5.29.30';

test('the authority is a P-256 one that may only certify loopback names', async () => {
  const { certificate, endsAt } = await createCertificateAuthority();
  const node = new X509Certificate(certificate);
  expect(node.ca).toBe(true);
  expect(node.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
  expect(endsAt).toBe(node.validToDate.getTime());
  expect(endsAt).toBeGreaterThan(Date.now() + 3_649 * DAY_MS);
  const parsed = new x509.X509Certificate(certificate);
  for (const id of [SUBJECT_KEY, AUTHORITY_KEY]) expect(parsed.getExtension(id)).not.toBeNull();
  expect(parsed.getExtension(NAME_CONSTRAINTS)?.critical).toBe(true);
});

test('the leaf has all names, both key identifiers, and lasts at most 397 days', async () => {
  const authority = await createCertificateAuthority();
  const { certificate, privateKey } = await authority.issueLeaf();
  const leaf = new X509Certificate(certificate);
  expect(leaf.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  expect(leaf.checkIssued(new X509Certificate(authority.certificate))).toBe(true);
  expect(leaf.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
  expect(leaf.checkPrivateKey(createPrivateKey(privateKey))).toBe(true);
  expect(leaf.validToDate.getTime() - leaf.validFromDate.getTime()).toBeLessThanOrEqual(397 * DAY_MS);
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  const parsed = new x509.X509Certificate(certificate);
  for (const id of [SUBJECT_KEY, AUTHORITY_KEY]) expect(parsed.getExtension(id)).not.toBeNull();
});

test('a certificate that somebody makes with the stolen key for another name is not accepted', async () => {
  const stored = await generateAuthority();
  const key = await crypto.subtle.importKey(
    'pkcs8',
    createPrivateKey(stored.privateKey).export({ type: 'pkcs8', format: 'der' }),
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['sign'],
  );
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const forged = await x509.X509CertificateGenerator.create({
    subject: 'CN=login.microsoftonline.com',
    issuer: new x509.X509Certificate(stored.certificate).subject,
    publicKey: keys.publicKey,
    signingKey: key,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'login.microsoftonline.com' }]),
    ],
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const server = createServer({
    cert: forged.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = tlsConnect({
    host: '127.0.0.1',
    port,
    ca: stored.certificate,
    servername: 'login.microsoftonline.com',
  });
  const [error] = (await once(client, 'error').catch((reason: unknown) => [reason])) as [
    NodeJS.ErrnoException,
  ];
  expect(error.message).toMatch(/permitted subtree violation/);
  client.destroy();
  server.close();
});
