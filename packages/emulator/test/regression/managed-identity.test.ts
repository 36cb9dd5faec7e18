import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { ARM, ask, hostsSeed } from '../support/hosts.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: hostsSeed });

test('18: expires_on of a compute of Azure Machine Learning is a whole number, not a text', async () => {
  const { env } = emulated().host('cpu');
  const clientid = env['DEFAULT_IDENTITY_CLIENT_ID']!;
  const query = { 'api-version': '2017-09-01', resource: ARM, clientid };
  const { status, body } = await ask(emulated(), env['MSI_ENDPOINT'], query, {
    headers: { secret: env['MSI_SECRET']!, metadata: 'true' },
  });
  expect(status).toBe(200);
  expect(Number.isInteger(body['expires_on'])).toBe(true);
  expect(body['expires_on']).toBeGreaterThan(Date.now() / 1000);
});

test('19: Azure Arc confirms the client id that it was asked for, without which clients take no token', async () => {
  const { clientId } = emulated().identity('id-cluster');
  const endpoint = emulated().host('new-arc').env['IDENTITY_ENDPOINT'];
  const query = { 'api-version': '2020-06-01', resource: ARM, client_id: clientId };
  const challenge = await ask(emulated(), endpoint, query, { headers: { metadata: 'true' } });
  expect(challenge.status).toBe(401);
  const file = /realm=(\S+\.key)$/.exec(challenge.headers.get('www-authenticate') ?? '')?.[1] ?? '';
  const authorization = `Basic ${readFileSync(file, 'utf8')}`;
  const { body } = await ask(emulated(), endpoint, query, { headers: { metadata: 'true', authorization } });
  expect(body).toMatchObject({ client_id: clientId });
});

test('20: a probe of the metadata service without its header is told so at once', async () => {
  const { env } = emulated().host('vm');
  const url = `${env['AZURE_POD_IDENTITY_AUTHORITY_HOST']!}/metadata/identity/oauth2/token`;
  const { status, body } = await ask(emulated(), url, {});
  expect(status).toBe(400);
  expect(body['error_description']).toBe('Required metadata header not specified');
});
