import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';

import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';

import { x509 } from '../../src/tls/x509.js';
import { tokenOf } from '../support/emulated.js';
import { callGraph } from '../support/graph.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();
const AUTHORITY_KEY = '2.5.29.35';

async function get(path: string): Promise<Record<string, unknown>> {
  const response = await emulated().fetch(`${emulated().origin}${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

/** What Azure Resource Manager says to a token for an audience. */
async function armWith(scope: string): Promise<number> {
  const token = await tokenOf(emulated(), 'platform-admin', scope);
  const response = await emulated().fetch(`${emulated().origin}/subscriptions?api-version=2022-12-01`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return response.status;
}

test('4: the scope https://management.core.windows.net//.default, as az sends it, is for Azure Resource Manager', async () => {
  const scope = 'https://management.core.windows.net//.default';
  expect(await armWith(scope)).toBe(200);
  expect(decodeJwt(await tokenOf(emulated(), 'platform-admin', scope)).aud).toBe(
    'https://management.core.windows.net/',
  );
});

test('5: the emulator’s own origin is an audience of Azure Resource Manager', async () => {
  expect(await armWith(`${emulated().origin}/.default`)).toBe(200);
});

test('6: Microsoft Graph is under /graph/, and its audience is not that of Azure Resource Manager', async () => {
  const token = await tokenOf(emulated(), 'auditor', `${emulated().origin}/graph/.default`);
  const answer = await callGraph(emulated(), token, '/organization');
  expect(answer.status).toBe(403);
  expect(answer.code).toBe('Authorization_RequestDenied');
  expect(await armWith(`${emulated().origin}/graph/.default`)).toBe(401);
});

test('7: the metadata document is an object or a list, by api-version', async () => {
  expect(Array.isArray(await get('/metadata/endpoints?api-version=2022-09-01'))).toBe(false);
  expect(Array.isArray(await get('/metadata/endpoints?api-version=2019-05-01'))).toBe(true);
  expect(await get('/metadata/endpoints?api-version=2015-01-01')).toHaveProperty('authentication');
});

test('8: the cloud is not called AzureCloud, for which az has endpoints of its own', async () => {
  const { name } = await get('/metadata/endpoints?api-version=2022-09-01');
  expect(name).toMatch(/^\w+$/);
  expect(String(name).toLowerCase()).not.toBe('azurecloud');
});

test('9: the portal leads azure-ai-ml to the right audience', async () => {
  const { portal } = await get('/metadata/endpoints?api-version=2022-09-01');
  const suffix = String(portal).split('.').slice(2).join('.');
  expect(`https://ml.azure.${suffix}`).toBe('https://ml.azure.com');
});

test.each(['localhost', '127.0.0.1'])('10: the issuer has the host of the authority, at %s', async (name) => {
  const authority = emulated().origin.replace('localhost', name);
  const path = `/${emulated().tenant().id}/v2.0/.well-known/openid-configuration`;
  const response = await emulated().fetch(`${authority}${path}`);
  const { issuer } = (await response.json()) as { issuer: string };
  expect(new URL(issuer).origin).toBe(authority);
});

test('25: the certificate names the key of its authority, without which Python refuses it', async () => {
  const { port, ca } = emulated();
  const raw = await new Promise<Buffer>((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca, servername: 'localhost' }, () => {
      resolve(socket.getPeerCertificate().raw);
      socket.destroy();
    }).once('error', reject);
  });
  expect(new X509Certificate(raw).verify(new X509Certificate(ca).publicKey)).toBe(true);
  expect(new x509.X509Certificate(raw).getExtension(AUTHORITY_KEY)).not.toBeNull();
});
