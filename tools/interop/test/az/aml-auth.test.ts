import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { beforeAll, expect, test } from 'vitest';

import { withAz, type Az } from '../support/az.ts';

const MAIN = fileURLToPath(new URL('../../../../apps/cli/dist/main.js', import.meta.url));
const run = promisify(execFile);
const running = withAz();

let az: Az;
let env: Record<string, string>;
beforeAll(async () => {
  const { emulator, newAz } = running();
  az = await newAz();
  const { clientId, tenantId, secret = '' } = emulator.app('platform-admin');
  await az.json('login', '--service-principal', '-u', clientId, '--tenant', tenantId, '-p', secret);
  const home = az.env['HOME'] ?? '';
  env = {
    ...az.env,
    NODE_EXTRA_CA_CERTS: emulator.env()['NODE_EXTRA_CA_CERTS'] ?? '',
    NODE_USE_ENV_PROXY: '1',
    XDG_STATE_HOME: join(home, 'state'),
    AML_AUTH_CONFIG_DIR: join(home, 'aml-auth-config'),
    AML_AUTH_CACHE_DIR: join(home, 'aml-auth-cache'),
    AML_AUTH_CACHE_KEY: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  };
});

const amlAuth = async (...args: string[]): Promise<string> =>
  (await run(process.execPath, [MAIN, ...args], { env })).stdout;
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

/** The type of each field, and its digits as nines: what a program that reads it relies on. */
const shapeOf = (token: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(token).map(([key, value]) => [
      key,
      key === 'expiresOn' ? String(value).replace(/\d/g, '9') : typeof value,
    ]),
  );

test('aml-auth login --from-az uses the session of az, and leaves it to az', async () => {
  const { emulator } = running();
  const { objectId, clientId } = emulator.app('platform-admin');
  await amlAuth('login', '--from-az', '--name', 'mine');
  expect(json(await amlAuth('account', 'show', '-o', 'json'))).toMatchObject({
    name: 'mine',
    method: 'azureCli',
    state: 'signedIn',
    objectId,
  });
  expect((await amlAuth('token')).trim().split('.')).toHaveLength(3);
  expect(json(await amlAuth('whoami', '-o', 'json'))).toMatchObject({ objectId, kind: 'servicePrincipal' });
  const call = ['rest', '/subscriptions', '--api-version', '2022-12-01', '--all'];
  expect(json(await amlAuth(...call))).toMatchObject({ items: [{ displayName: 'dev' }] });

  const theirs = (await az.json('account', 'get-access-token')) as Record<string, unknown>;
  const ours = json(await amlAuth('token', '--format', 'azcli'));
  // That of 2.45 has no expires_on, which 2.54 added; a program that reads the older fields finds them all.
  const { expires_on, ...older } = shapeOf(ours);
  expect(expires_on).toBe('number');
  const { subscription: _, ...shared } = shapeOf(theirs);
  expect(older).toMatchObject(shared);

  await amlAuth('logout');
  const left = await readdir(az.env['HOME'] ?? '', { recursive: true });
  expect(left.filter((name) => name.endsWith('.tok'))).toEqual([]);
  await expect(amlAuth('whoami')).rejects.toMatchObject({ code: 4 });
  // az is still signed in.
  expect(await az.json('account', 'show')).toMatchObject({ user: { name: clientId } });
});

test('a warm token of aml-auth beside one of az, as multiples of a bare start of Node.js', async () => {
  const { emulator } = running();
  const { clientId, tenantId, secret = '' } = emulator.app('platform-admin');
  const ids = ['--client-id', clientId, '--tenant', tenantId];
  await run(process.execPath, [MAIN, 'login', ...ids, '--service-principal'], {
    env: { ...env, AZURE_CLIENT_SECRET: secret },
  });
  const bare = await fastest(() => run(process.execPath, ['--eval', '0'], { env }));
  const ours = await fastest(() => run(process.execPath, [MAIN, 'token'], { env }));
  const theirs = await fastest(() => run('az', ['account', 'get-access-token'], { env }));
  console.log(
    `bare node ${bare.toFixed(0)} ms; aml-auth token ${(ours / bare).toFixed(1)} times that, az account get-access-token ${(theirs / bare).toFixed(1)} times`,
  );
  // Both are the token of the same application.
  const claims = [
    json(await amlAuth('whoami', '-o', 'json')),
    (await az.json('account', 'show')) as Record<string, unknown>,
  ];
  expect(claims).toMatchObject([{ clientId }, { user: { name: clientId } }]);
});

/** Milliseconds of the fastest of three, after one that does not count. */
async function fastest(work: () => Promise<unknown>): Promise<number> {
  await work();
  let best = Number.POSITIVE_INFINITY;
  for (let index = 0; index < 3; index += 1) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
