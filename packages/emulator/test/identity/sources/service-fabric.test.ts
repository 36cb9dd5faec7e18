import { trustEmulator } from '@aml-auth/emulator';
import { connect, type TLSSocket } from 'node:tls';
import { once } from 'node:events';
import { beforeAll, expect, test } from 'vitest';

import { ARM, ask, hostsSeed, type HostAnswer } from '../../support/hosts.js';
import { withEmulator } from '../../support/with-emulator.js';

const emulated = withEmulator({ seed: hostsSeed });
const VALID = { 'api-version': '2019-07-01-preview', resource: ARM };

beforeAll(() => {
  trustEmulator(emulated());
});

function token(
  query: Readonly<Record<string, string>> = VALID,
  headers?: Record<string, string>,
): Promise<HostAnswer> {
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER = '' } = emulated().host('service-fabric').env;
  return ask(emulated(), IDENTITY_ENDPOINT, query, { headers: headers ?? { secret: IDENTITY_HEADER } });
}

test('the cluster’s identity gets a token, its expiry a whole number', async () => {
  const { body, claims } = await token();
  expect(body).toEqual({
    access_token: body['access_token'],
    expires_on: claims.exp,
    resource: ARM,
    token_type: 'Bearer',
  });
  expect(claims['oid']).toBe(emulated().identity('id-cluster').principalId);
  expect(claims).not.toHaveProperty('xms_cc');
});

test('capabilities are taken into the token, and a refused one is replaced', async () => {
  const { body } = await token();
  const again = await token({ ...VALID, xms_cc: 'cp1', token_sha256_to_refresh: 'a'.repeat(64) });
  expect(again.claims['xms_cc']).toEqual(['cp1']);
  expect(again.body['access_token']).not.toBe(body['access_token']);
});

test.each<[string, Record<string, string>, Record<string, string> | undefined, number, string, string]>([
  ['no secret', VALID, {}, 400, 'SecretHeaderNotFound', 'Secret is not found in the request headers.'],
  [
    'a wrong secret',
    VALID,
    { secret: 'wrong' },
    404,
    'ManagedIdentityNotFound',
    'Managed identity not found for the specified application host.',
  ],
  [
    'no api-version',
    { resource: ARM },
    undefined,
    400,
    'InvalidApiVersion',
    "The api-version '' is not supported. Supported version is '2019-07-01-preview'.",
  ],
  [
    'no resource',
    { 'api-version': '2019-07-01-preview' },
    undefined,
    400,
    'ArgumentNullOrEmpty',
    "The parameter 'resource' should not be null or empty string.",
  ],
  [
    'an unknown resource',
    { ...VALID, resource: 'x' },
    undefined,
    500,
    'InternalServerError',
    'An error occurred.',
  ],
])('%s is refused', async (_, query, headers, status, code, message) => {
  const answer = await token(query, headers);
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({
    error: { correlationId: expect.stringMatching(/^[\da-f-]{36}$/) as string, code, message },
  });
});

test('it is there over https only', async () => {
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = emulated().host('service-fabric').env;
  const plain = IDENTITY_ENDPOINT.replace('https:', 'http:');
  const { status } = await ask(emulated(), plain, VALID, { headers: { secret: IDENTITY_HEADER } });
  expect(status).toBe(403);
});

test('the thumbprint is that of the certificate on the wire', async () => {
  const socket: TLSSocket = connect({ port: emulated().port, host: '127.0.0.1', ca: emulated().ca });
  await once(socket, 'secureConnect');
  const { fingerprint } = socket.getPeerCertificate();
  socket.destroy();
  const { IDENTITY_SERVER_THUMBPRINT } = emulated().host('service-fabric').env;
  expect(IDENTITY_SERVER_THUMBPRINT).toMatch(/^[\dA-F]{40}$/);
  expect(fingerprint.replaceAll(':', '')).toBe(IDENTITY_SERVER_THUMBPRINT);
});
