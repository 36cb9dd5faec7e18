import { createPrivateKey, X509Certificate } from 'node:crypto';

import { createCertificateAuthority, PROXY_HOSTS } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { generateAuthority } from '../../src/tls/certificate-authority.js';
import { x509 } from '../../src/tls/x509.js';
import { tryForgedCertificate } from '../support/forge-certificate.js';

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
  expect(await tryForgedCertificate(stored, 'localhost')).toBe('accepted');
  expect(await tryForgedCertificate(stored, 'login.microsoftonline.com')).toMatch(
    /permitted subtree violation/,
  );
});

describe('an authority that permits the hosts of proxy mode', () => {
  test.each(['localhost', ...PROXY_HOSTS, 'westeurope.login.microsoft.com'])(
    'can certify %s',
    async (name) => {
      expect(await tryForgedCertificate(await generateAuthority(PROXY_HOSTS), name)).toBe('accepted');
    },
  );

  test.each(['example.org', 'microsoft.com', 'graph.windows.net', 'portal.azure.com', 'ml.azure.com'])(
    'cannot certify %s',
    async (name) => {
      expect(await tryForgedCertificate(await generateAuthority(PROXY_HOSTS), name)).toMatch(
        /permitted subtree violation/,
      );
    },
  );
});
