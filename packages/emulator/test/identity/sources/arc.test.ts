import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

import { startEmulator, type Emulator } from '@aml-auth/emulator';
import { expect, test } from 'vitest';

import { ARM, ask, hostsSeed, type HostAnswer } from '../../support/hosts.js';
import { withEmulator } from '../../support/with-emulator.js';

const emulated = withEmulator({ seed: hostsSeed });
const VALID = { 'api-version': '2020-06-01', resource: ARM };

function request(
  query: Readonly<Record<string, string>> = VALID,
  key?: string,
  host = 'arc',
  emulator: Emulator = emulated(),
): Promise<HostAnswer> {
  return ask(emulator, emulator.host(host).env['IDENTITY_ENDPOINT'], query, {
    headers: { Metadata: 'true', ...(key === undefined ? {} : { authorization: `Basic ${key}` }) },
  });
}

function keyFile({ status, headers }: HostAnswer): string {
  expect(status).toBe(401);
  const [, path] = /^Basic realm=(.+)$/.exec(headers.get('www-authenticate') ?? '') ?? [];
  return path!;
}

async function token(query: Readonly<Record<string, string>>, host: string): Promise<HostAnswer> {
  const path = keyFile(await request(query, undefined, host));
  return request(query, readFileSync(path, 'utf8'), host);
}

test('a challenge names a small key file that only its owner can read, and its text opens the endpoint once', async () => {
  const path = keyFile(await request());
  expect(path.endsWith('.key')).toBe(true);
  const key = readFileSync(path, 'utf8');
  expect(key).toMatch(/^\S+$/);
  expect(Buffer.byteLength(key)).toBeLessThanOrEqual(4096);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);

  const answer = await request(VALID, key);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ expires_in: '86399', resource: ARM, token_type: 'Bearer' });
  expect(answer.claims['xms_mirid']).toMatch(/\/providers\/Microsoft\.HybridCompute\/machines\/arc$/);
  expect(existsSync(path)).toBe(false);
  expect(keyFile(await request(VALID, key))).not.toBe(path);
});

test('the key of one machine does not open another', async () => {
  const key = readFileSync(keyFile(await request()), 'utf8');
  expect((await request(VALID, key, 'new-arc')).status).toBe(401);
  expect((await request(VALID, 'no-key')).status).toBe(401);
});

test('the identity that was named stands in the answer', async () => {
  const { id, clientId, principalId } = emulated().identity('id-cluster');
  const selectors = { client_id: clientId, object_id: principalId, msi_res_id: id };
  for (const [name, value] of Object.entries(selectors)) {
    const { body } = await token({ ...VALID, [name]: value }, 'new-arc');
    expect(body[name]).toBe(value);
  }
});

test('an agent that knows no user-assigned identities gives its own, and does not confirm the name', async () => {
  const { clientId, principalId } = emulated().identity('id-cluster');
  const own = emulated().host('arc').identities[0]!.clientId;
  expect((await token({ ...VALID, client_id: clientId }, 'arc')).body['client_id']).toBe(own);
  expect((await token({ ...VALID, object_id: principalId }, 'arc')).body).not.toHaveProperty('object_id');
});

test.each<[string, Record<string, string>, string]>([
  ['another identity', { ...VALID, client_id: '00000000-0000-4000-8000-000000000001' }, 'Identity not found'],
  ['no resource', { 'api-version': '2020-06-01' }, 'resource'],
])('%s is refused', async (_, query, description) => {
  const challenge = await request(query, undefined, 'new-arc');
  const { status, body } =
    challenge.status === 401
      ? await request(query, readFileSync(keyFile(challenge), 'utf8'), 'new-arc')
      : challenge;
  expect(status).toBe(400);
  expect(body['error_description']).toContain(description);
});

test('without the Metadata header there is no challenge', async () => {
  const { IDENTITY_ENDPOINT } = emulated().host('arc').env;
  expect((await ask(emulated(), IDENTITY_ENDPOINT, VALID)).status).toBe(400);
});

test('the key files go away with the emulator, and are no more than a few', async () => {
  const emulator = await startEmulator({ seed: hostsSeed });
  const paths: string[] = [];
  for (let count = 0; count < 20; count += 1) {
    paths.push(keyFile(await request(VALID, undefined, 'arc', emulator)));
  }
  expect(paths.filter((path) => existsSync(path))).toHaveLength(16);
  expect(new Set(paths.map((path) => basename(path))).size).toBe(20);
  await emulator.close();
  expect(existsSync(dirname(paths[0]!))).toBe(false);
});
