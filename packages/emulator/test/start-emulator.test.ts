import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname } from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';

import { isGuid, type LogEvent } from '@aml-auth/core';
import { demoSeed, seededRandom, startEmulator, trustEmulator } from '@aml-auth/emulator';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { callArm, postToken, secretForm, tokenOf } from './support/emulated.js';
import { withEmulator } from './support/with-emulator.js';

const emulated = withEmulator();

describe('names', () => {
  test('the registration, the client and the service principal have three ids', () => {
    const { applicationId, clientId, objectId } = emulated().app('trainer');
    expect(new Set([applicationId, clientId, objectId]).size).toBe(3);
    expect([applicationId, clientId, objectId].every(isGuid)).toBe(true);
  });

  test('the same seed gives the same ids', async () => {
    const other = await startEmulator();
    expect(other.app('trainer')).toEqual(emulated().app('trainer'));
    expect(other.workspace('rg-ml/ws1')).toEqual(emulated().workspace());
    await other.close();
  });

  test('applications of two tenants may share a name', async () => {
    const apps = (value: string) => [{ name: 'app', secrets: [{ value }] }];
    const emulator = await startEmulator({
      seed: {
        tenants: [
          { name: 'a', apps: [{ name: 'app' }] },
          { name: 'b', apps: apps('of-b') },
        ],
      },
    });
    expect(emulator.app('app')).toMatchObject({ tenantId: emulator.tenant('a').id, secret: undefined });
    expect(emulator.app('b/app')).toMatchObject({ tenantId: emulator.tenant('b').id, secret: 'of-b' });
    await emulator.close();
  });

  test('a name that nothing has is an error', () => {
    const { app, group, subscription, tenant, user, workspace } = emulated();
    for (const find of [app, group, subscription, tenant, user, workspace]) {
      expect(() => find('nobody@nowhere')).toThrow(
        expect.objectContaining({ code: 'AML_NOT_FOUND' }) as Error,
      );
    }
  });
});

describe('env', () => {
  test('sends a program here that knows nothing of the emulator', async () => {
    const script = `
      const { AZURE_AUTHORITY_HOST: authority, AZURE_TENANT_ID: tenant, ...env } = process.env;
      const cloud = await (await fetch(env.ARM_CLOUD_METADATA_URL)).json();
      const response = await fetch(authority + '/' + tenant + '/oauth2/v2.0/token', {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials', client_id: env.AZURE_CLIENT_ID,
          client_secret: env.AZURE_CLIENT_SECRET, scope: cloud.authentication.audiences[0] + '/.default',
        }),
      });
      const { access_token: token } = await response.json();
      const id = ['subscriptions', env.AZUREML_ARM_SUBSCRIPTION, 'resourceGroups', env.AZUREML_ARM_RESOURCEGROUP,
        'providers/Microsoft.MachineLearningServices/workspaces', env.AZUREML_ARM_WORKSPACE_NAME].join('/');
      const workspace = await fetch(cloud.resourceManager + id + '?api-version=2024-10-01', {
        headers: { authorization: 'Bearer ' + token } });
      console.log((await workspace.json()).name);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env['PATH'], ...emulated().env('trainer') },
    });
    expect(stdout.trim()).toBe('ws1');
  });

  test('its files hold the authority, and all other roots in the bundle; close removes them', async () => {
    const emulator = await startEmulator();
    const { NODE_EXTRA_CA_CERTS: ca = '', SSL_CERT_FILE: bundle = '', REQUESTS_CA_BUNDLE } = emulator.env();
    expect(readFileSync(ca, 'utf8').trim()).toBe(emulator.ca.trim());
    const roots = readFileSync(bundle, 'utf8');
    expect(roots).toContain(emulator.ca.trim());
    expect(roots.match(/BEGIN CERTIFICATE/g)!.length).toBeGreaterThan(50);
    expect(REQUESTS_CA_BUNDLE).toBe(bundle);
    await emulator.close();
    expect(existsSync(ca)).toBe(false);
    expect(existsSync(bundle)).toBe(false);
  });

  test('names another application when asked', () => {
    expect(emulated().env('auditor')['AZURE_CLIENT_ID']).toBe(emulated().app('auditor').clientId);
  });
});

describe('fetch', () => {
  test('gives the same answer as the socket', async () => {
    trustEmulator(emulated());
    const url = `${emulated().origin}/metadata/endpoints?api-version=2022-09-01`;
    const [inProcess, overTls] = [await emulated().fetch(url), await fetch(url)];
    expect(await inProcess.json()).toEqual(await overTls.json());
    expect(inProcess.headers.get('content-type')).toBe(overTls.headers.get('content-type'));
  });

  test('goes nowhere else', async () => {
    await expect(emulated().fetch('https://example.org/')).rejects.toMatchObject({ code: 'AML_NETWORK' });
  });

  test('can be cancelled', async () => {
    const reason = new Error('enough');
    const attempt = emulated().fetch(emulated().origin, { signal: AbortSignal.abort(reason) });
    await expect(attempt).rejects.toBe(reason);
  });
});

describe('requests', () => {
  test('record what happened, without a secret', async () => {
    const before = emulated().requests.length;
    const id = 'c0ffee00-0000-4000-8000-000000000003';
    await postToken(emulated(), { ...secretForm(emulated(), 'trainer'), client_secret: 'hunter2-hunter2' });
    await callArm(emulated(), 'trainer', '/subscriptions?code=hunter2-hunter2', {
      headers: { 'x-ms-client-request-id': id },
    });
    const recorded = emulated().requests.slice(before);
    expect(recorded).toMatchObject([
      {
        method: 'POST',
        path: `/${emulated().tenant().id}/oauth2/v2.0/token`,
        status: 401,
        errorCode: 'AADSTS7000215',
        form: { grant_type: 'client_credentials', client_secret: '[redacted]' },
      },
      { status: 200 },
      {
        method: 'GET',
        path: expect.stringMatching(/^\/subscriptions\?code=/) as string,
        clientRequestId: id,
      },
    ]);
    expect(recorded[2]!.decision).toMatch(/^allow/);
    expect(JSON.stringify(recorded)).not.toMatch(/hunter2|eyJ|trainer-secret/);
  });

  test('the state holds no secret either', () => {
    expect(JSON.stringify(emulated().snapshot())).not.toMatch(/secret-of-the-emulator|PRIVATE/);
  });
});

describe('snapshot and restore', () => {
  test('put everything back, also from JSON', async () => {
    const start = JSON.parse(JSON.stringify(emulated().snapshot())) as ReturnType<
      ReturnType<typeof emulated>['snapshot']
    >;
    await callArm(emulated(), 'platform-admin', emulated().workspace().id, { method: 'DELETE' });
    expect(() => emulated().workspace()).toThrow();
    emulated().restore(start);
    expect((await callArm(emulated(), 'trainer', emulated().workspace().id)).status).toBe(200);
    expect(emulated().snapshot()).toEqual(start);
  });

  test.each([undefined, {}, { version: 2, tables: {} }, { version: 1, tables: {} }])(
    '%j is none',
    (value) => {
      const restore = (): void => emulated().restore(value as never);
      expect(restore).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error);
    },
  );
});

describe('options', () => {
  test.each([0, -1, 1.5])('a page size of %s is none', async (pageSize) => {
    await expect(startEmulator({ pageSize })).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  test('after close() nothing is answered, and no file is written', async () => {
    const emulator = await startEmulator({
      seed: { ...demoSeed, hosts: [...demoSeed.hosts!, { kind: 'arc', as: 'system', name: 'arc' }] },
    });
    const { IDENTITY_ENDPOINT = '' } = emulator.host('arc').env;
    const challenged = (): Promise<Response> =>
      emulator.fetch(`${IDENTITY_ENDPOINT}?api-version=2020-06-01&resource=https://management.azure.com`, {
        headers: { metadata: 'true' },
      });
    const { NODE_EXTRA_CA_CERTS = '' } = emulator.env();
    expect((await challenged()).status).toBe(401);
    // Asked before the end, and answered after it.
    const late = challenged();
    await emulator.close();
    expect([401, 500]).toContain((await late).status);
    await expect(challenged()).rejects.toMatchObject({ code: 'AML_NETWORK' });
    for (const env of [() => emulator.env(), () => emulator.clientEnv('az')]) {
      expect(env).toThrow(expect.objectContaining({ code: 'AML_UNAVAILABLE' }) as Error);
    }
    expect(existsSync(dirname(NODE_EXTRA_CA_CERTS))).toBe(false);
  });

  test('seeded chance makes the ids of answers repeat', async () => {
    const ids: (string | null)[] = [];
    for (let run = 0; run < 2; run += 1) {
      const emulator = await startEmulator({ random: seededRandom('x') });
      ids.push((await emulator.fetch(`${emulator.origin}/subscriptions`)).headers.get('x-ms-request-id'));
      await emulator.close();
    }
    expect(ids[0]).toBe(ids[1]);
  });

  test('a failure inside is an answer with status 500 and an event, never a crash', async () => {
    const events: LogEvent[] = [];
    const silent = (): void => undefined;
    const logger = {
      debug: silent,
      info: silent,
      warn: silent,
      error: (event: LogEvent) => void events.push(event),
    };
    let failures = 0;
    const clock = {
      now(): number {
        if (failures-- > 0) throw new Error('the clock has stopped');
        return Date.now();
      },
      monotonic: () => 0,
      schedule: () => silent,
    };
    const emulator = await startEmulator({ seed: demoSeed, clock, logger });
    const token = await tokenOf(emulator, 'auditor');
    failures = 1;
    const response = await emulator.fetch(`${emulator.origin}/subscriptions?api-version=2022-12-01`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(500);
    expect(events).toMatchObject([{ event: 'emulator.failed' }]);
    await emulator.close();
  });
});

test('trustEmulator says what to do on a Node.js that cannot change its trust', () => {
  const { setDefaultCACertificates } = tls;
  Object.assign(tls, { setDefaultCACertificates: undefined });
  syncBuiltinESMExports();
  try {
    expect(() => {
      trustEmulator(emulated());
    }).toThrow(
      expect.objectContaining({
        code: 'AML_UNAVAILABLE',
        remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
      }) as Error,
    );
  } finally {
    Object.assign(tls, { setDefaultCACertificates });
    syncBuiltinESMExports();
  }
});

test('whatever is asked, the answer is never a failure of the emulator', async () => {
  const { fetch, origin, tenant, subscription } = emulated();
  const token = await tokenOf(emulated(), 'platform-admin');
  const known = [
    tenant().id,
    subscription().id,
    'subscriptions',
    'resourceGroups',
    'rg-ml',
    'providers',
    'Microsoft.MachineLearningServices',
    'workspaces',
    'computes',
    'Microsoft.ManagedIdentity',
    'userAssignedIdentities',
    'metadata',
    'identity',
    'hosts',
    'vm',
    'Microsoft.Authorization',
    'roleAssignments',
    'roleDefinitions',
    'permissions',
    'oauth2',
    'v2.0',
    'token',
    'common',
    'discovery',
    'instance',
    '.well-known',
    'openid-configuration',
    'metadata',
    'endpoints',
    'error',
  ];
  const segment = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, fc.string({ maxLength: 6 }));
  const request = fc.record({
    method: fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'),
    path: fc.array(segment, { maxLength: 9 }).map((segments) => segments.map(encodeURIComponent).join('/')),
    query: fc.constantFrom(
      '',
      '?api-version=2022-04-01',
      '?api-version=2022-12-01&$filter=x',
      '?api-version=2024-10-01',
    ),
    body: fc.oneof(
      fc.json(),
      fc.string(),
      fc.constant('{"properties":{}}'),
      fc.constant('grant_type=client_credentials'),
    ),
  });
  const start = emulated().snapshot();
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, query, body }) => {
      const response = await fetch(`${origin}/${path}${query}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
      });
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
  emulated().restore(start);
});
