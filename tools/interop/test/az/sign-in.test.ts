import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createExternalIssuer, demoSeed } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { withAz, type Az } from '../support/az.ts';

const SUBJECT = 'repo:contoso/models:ref:refs/heads/main';
const github = await createExternalIssuer({ issuer: 'https://token.actions.githubusercontent.com' });
const [contoso, ...others] = demoSeed.tenants;

const running = withAz({
  seed: {
    ...demoSeed,
    tenants: [
      {
        ...contoso!,
        apps: [
          ...(contoso?.apps ?? []),
          {
            name: 'pipeline',
            certificates: ['generate'],
            federated: [{ issuer: github.issuer, subject: SUBJECT }],
          },
        ],
      },
      ...others,
    ],
    issuers: [{ issuer: github.issuer, keys: github.jwks }],
    roleAssignments: [
      ...(demoSeed.roleAssignments ?? []),
      { principal: 'app:pipeline', role: 'Reader', scope: '/dev' },
    ],
  },
});

/** Is told what address az opens, signs Alice in at the emulator's own one, and follows the redirect back to az. */
const personAtBrowser = createServer((request, response) => {
  response.end();
  const url = new URL(request.url ?? '', 'http://localhost').searchParams.get('url') ?? '';
  const { emulator } = running();
  // As "aml-auth emulator run" does: a browser does not use the proxy.
  void emulator
    .signIn({ upn: 'alice@contoso', url: url.replace('https://login.microsoftonline.com', emulator.origin) })
    .then((end) => fetch(end.url));
});
let folder: string;
let browser: string;
beforeAll(async () => {
  personAtBrowser.listen(0, '127.0.0.1');
  await once(personAtBrowser, 'listening');
  const { port } = personAtBrowser.address() as AddressInfo;
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-az-browser-'));
  browser = join(folder, 'browser');
  const script = `#!/bin/sh\nexec curl --silent --noproxy '*' --get --data-urlencode "url=$1" http://127.0.0.1:${port}/\n`;
  await writeFile(browser, script, { mode: 0o700 });
});
afterAll(async () => {
  personAtBrowser.close();
  await rm(folder, { recursive: true });
});

const asServicePrincipal = (name: string): string[] => {
  const { clientId, tenantId } = running().emulator.app(name);
  return ['login', '--service-principal', '--username', clientId, '--tenant', tenantId];
};

test('the cloud is the one that az has built in', async () => {
  const az = await running().newAz();
  expect(await az.json('cloud', 'show')).toMatchObject({
    name: 'AzureCloud',
    endpoints: { activeDirectory: 'https://login.microsoftonline.com' },
  });
});

describe('az login --service-principal', () => {
  let az: Az;
  beforeAll(async () => {
    az = await running().newAz();
  });

  test('signs in with a client secret, and finds the subscription', async () => {
    const { emulator } = running();
    const { secret = '', tenantId, clientId } = emulator.app('platform-admin');
    const { id } = emulator.subscription();
    expect(await az.json(...asServicePrincipal('platform-admin'), '--password', secret)).toEqual([
      expect.objectContaining({
        id,
        name: 'dev',
        cloudName: 'AzureCloud',
        homeTenantId: tenantId,
        tenantId,
        state: 'Enabled',
        user: { name: clientId, type: 'servicePrincipal' },
      }),
    ]);
  });

  test.each([
    [['--resource', 'https://management.azure.com/'], 'https://management.azure.com/'],
    [['--resource', 'https://ml.azure.com'], 'https://ml.azure.com'],
    [['--scope', 'https://ml.azure.com/.default'], 'https://ml.azure.com'],
    [['--resource-type', 'ms-graph'], 'https://graph.microsoft.com/'],
  ])('az account get-access-token %j gives a token for it', async (args, audience) => {
    const answer = (await az.json('account', 'get-access-token', ...args)) as Record<string, string>;
    expect(answer).toMatchObject({
      tokenType: 'Bearer',
      tenant: running().emulator.tenant().id,
    });
    const claims = JSON.parse(
      Buffer.from(answer['accessToken']!.split('.')[1]!, 'base64url').toString(),
    ) as Record<string, unknown>;
    expect(String(claims['aud']).replace(/\/$/, '')).toBe(audience.replace(/\/$/, ''));
    expect(claims).toMatchObject({ appid: running().emulator.app('platform-admin').clientId, idtyp: 'app' });
  });

  test('is refused with a wrong secret, and shows the code of Microsoft Entra ID', async () => {
    const other = await running().newAz();
    const { code, stderr } = await other.run([...asServicePrincipal('trainer'), '--password', 'wrong']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/AADSTS7000215: Invalid client secret provided/);
  });

  test('signs in with a certificate', async () => {
    const { AZURE_CLIENT_CERTIFICATE_PATH: path = '' } = running().emulator.env('pipeline');
    const other = await running().newAz();
    expect(await other.json(...asServicePrincipal('pipeline'), '--password', path)).toMatchObject([
      { name: 'dev' },
    ]);
  });

  test('signs in with a federated token', async () => {
    const assertion = await github.sign({ sub: SUBJECT });
    const other = await running().newAz();
    expect(await other.json(...asServicePrincipal('pipeline'), '--federated-token', assertion)).toMatchObject(
      [{ name: 'dev' }],
    );
  });

  test('is refused with a federated token of another branch', async () => {
    const assertion = await github.sign({ sub: 'repo:contoso/models:ref:refs/heads/other' });
    const other = await running().newAz();
    const { stderr } = await other.run([...asServicePrincipal('pipeline'), '--federated-token', assertion]);
    expect(stderr).toMatch(/AADSTS700213/);
  });
});

describe('people', () => {
  test('az login --use-device-code waits until the code is approved', async () => {
    const { emulator, newAz } = running();
    const az = await newAz();
    let approved = false;
    const { code, stdout } = await az.run(['login', '--use-device-code', '--output', 'json'], (text) => {
      const [, page, userCode] = /open the page (\S+) and enter the code (\w+)/.exec(text) ?? [];
      if (userCode === undefined || approved) return;
      approved = true;
      expect(page).toBe(`${emulator.origin}/devicelogin`);
      emulator.approveDeviceCode(userCode, 'alice@contoso');
    });
    expect([code, approved]).toEqual([0, true]);
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'dev', user: { name: 'alice@contoso.onmicrosoft.com', type: 'user' } },
    ]);
    expect(await az.json('ad', 'signed-in-user', 'show')).toMatchObject({
      id: emulator.user('alice@contoso').id,
    });
    await az.run(['logout']);
    expect((await az.run(['account', 'show'])).stderr).toContain("Please run 'az login'");
  });

  test('a device that is sent away is told so', async () => {
    const { emulator, newAz } = running();
    const az = await newAz();
    let declined = false;
    const { code, stderr } = await az.run(['login', '--use-device-code'], (text) => {
      const [, userCode] = /enter the code (\w+)/.exec(text) ?? [];
      if (userCode === undefined || declined) return;
      declined = true;
      emulator.declineDeviceCode(userCode);
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/AADSTS70017/);
  });

  test('az login opens a browser, where a person signs in', async () => {
    const { newAz } = running();
    const ended = once(personAtBrowser, 'request');
    const az = await newAz({ DISPLAY: ':0', BROWSER: browser });
    expect(await az.json('login')).toMatchObject([
      { name: 'dev', user: { name: 'alice@contoso.onmicrosoft.com', type: 'user' } },
    ]);
    const [{ url }] = (await ended) as [{ url: string }];
    expect(new URL(url, 'http://localhost').searchParams.get('url')).toMatch(
      /^https:\/\/login\.microsoftonline\.com\/organizations\/oauth2\/v2\.0\/authorize\?/,
    );
  });

  test('az login -u -p signs in with a password', async () => {
    const { emulator, newAz } = running();
    const { name, password = '' } = emulator.user('alice@contoso');
    const az = await newAz();
    expect(await az.json('login', '--username', name, '--password', password)).toMatchObject([
      { name: 'dev', user: { name, type: 'user' } },
    ]);
    expect(await az.json('rest', '--url', 'https://graph.microsoft.com/v1.0/me')).toMatchObject({
      userPrincipalName: name,
    });
  });

  test('az login -u -p is refused with a wrong password', async () => {
    const az = await running().newAz();
    const { code, stderr } = await az.run(['login', '--username', 'bob@contoso.onmicrosoft.com', '-p', 'no']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/AADSTS50126/);
  });
});

test('az login --identity signs in through the Instance Metadata Service', async () => {
  const az = await running().newAz();
  expect(await az.json('login', '--identity')).toMatchObject([
    { name: 'dev', user: { name: 'systemAssignedIdentity', type: 'servicePrincipal' } },
  ]);
  expect(await az.json('group', 'list')).toMatchObject([{ name: 'rg-ml2' }]);
});

test('an az that nobody has signed in to knows nobody', async () => {
  const az = await running().newAz();
  const { code, stderr } = await az.run(['account', 'show']);
  expect(code).toBe(1);
  expect(stderr).toContain("Please run 'az login' to setup account.");
});
