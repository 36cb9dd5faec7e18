import { demoSeed, startEmulator, type EmulatorSeed, type SeedHost } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { ARM, ask, hostsSeed } from '../support/hosts.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: hostsSeed });

test('every host has the variables of its kind, at an address of its own', () => {
  const at = (host: string, path: string): string =>
    `http://127.0.0.1:${emulated().port}/hosts/${host}/${path}`;
  const env = (host: string) => emulated().host(host).env;
  const secret = expect.stringMatching(/^[\dA-F]{32}$/) as string;
  const imds = 'metadata/identity/oauth2/token';
  expect(env('vm')).toEqual({ AZURE_POD_IDENTITY_AUTHORITY_HOST: `http://127.0.0.1:${emulated().port}` });
  expect(env('one-identity')).toEqual({
    AZURE_POD_IDENTITY_AUTHORITY_HOST: at('one-identity', '').replace(/\/$/, ''),
  });
  expect(env('web')).toEqual({ IDENTITY_ENDPOINT: at('web', 'msi/token'), IDENTITY_HEADER: secret });
  expect(env('cpu')).toEqual({
    MSI_ENDPOINT: at('cpu', 'MSI/auth'),
    MSI_SECRET: secret,
    DEFAULT_IDENTITY_CLIENT_ID: emulated().identity('id-cluster').clientId,
    OBO_ENDPOINT: at('cpu', 'OBO/token'),
  });
  expect(env('scoring')).toEqual({ MSI_ENDPOINT: at('scoring', 'MSI/auth'), MSI_SECRET: secret });
  expect(env('cloud-shell')).toEqual({ MSI_ENDPOINT: at('cloud-shell', 'oauth2/token') });
  expect(env('arc')).toEqual({
    IDENTITY_ENDPOINT: at('arc', imds),
    IMDS_ENDPOINT: at('arc', '').replace(/\/$/, ''),
  });
  expect(env('service-fabric')).toEqual({
    IDENTITY_ENDPOINT: at('service-fabric', imds).replace('http:', 'https:'),
    IDENTITY_HEADER: secret,
    IDENTITY_SERVER_THUMBPRINT: expect.stringMatching(/^[\dA-F]{40}$/) as string,
  });
});

test('secrets differ by host and by run, and are in neither the state nor the record of requests', async () => {
  const other = await startEmulator({ seed: hostsSeed });
  const secrets = [
    emulated().host('web').env['IDENTITY_HEADER'],
    emulated().host('cpu').env['MSI_SECRET'],
    other.host('web').env['IDENTITY_HEADER'],
  ];
  expect(new Set(secrets).size).toBe(3);
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER = '' } = other.host('web').env;
  const { body } = await ask(
    other,
    IDENTITY_ENDPOINT,
    { 'api-version': '2019-08-01', resource: ARM },
    { headers: { 'x-identity-header': IDENTITY_HEADER } },
  );
  expect(body).toHaveProperty('access_token');
  const records = JSON.stringify([other.requests, other.snapshot()]);
  expect(records).toContain('/hosts/web/msi/token');
  expect(records).not.toContain(IDENTITY_HEADER);
  expect(records).not.toContain('eyJ');
  await other.close();
});

test('a host is found by its name, or as the first one of a kind', () => {
  expect(emulated().host('aml-online-endpoint').name).toBe('scoring');
  expect(emulated().host('app-service')).toMatchObject({ name: 'web', kind: 'app-service' });
  expect(emulated().host('web').resourceId).toMatch(/resourceGroups\/rg-ml\/.*\/sites\/web$/);
  expect(emulated().host('cloud-shell').resourceId).toBeUndefined();
});

test('every compute is a host without being named', () => {
  expect(emulated().host('gpu')).toMatchObject({
    kind: 'aml-compute',
    resourceId: emulated().compute('gpu').id,
  });
});

test('a group may hold managed identities', async () => {
  const [contoso] = hostsSeed.tenants;
  const emulator = await startEmulator({
    seed: {
      ...hostsSeed,
      tenants: [
        {
          ...contoso!,
          groups: [
            ...contoso!.groups!,
            { name: 'machines', members: ['host:vm', 'identity:id-other', 'compute:ws1/gpu'] },
          ],
        },
      ],
      roleAssignments: [{ principal: 'group:machines', role: 'Reader', scope: '/dev' }],
    },
  });
  const { AZURE_POD_IDENTITY_AUTHORITY_HOST: base } = emulator.host('vm').env;
  const { body } = await ask(
    emulator,
    `${base}/metadata/identity/oauth2/token`,
    { 'api-version': '2018-02-01', resource: ARM },
    { headers: { Metadata: 'true' } },
  );
  const response = await emulator.fetch(
    `${emulator.origin}${emulator.workspace('ws1').id}?api-version=2024-10-01`,
    { headers: { authorization: `Bearer ${String(body['access_token'])}` } },
  );
  expect(response.status).toBe(200);
  await emulator.close();
});

test('what has no endpoint there is not found', async () => {
  for (const path of ['hosts', 'hosts/none/msi/token', 'hosts/web/MSI/auth', 'metadata/identity']) {
    const { status } = await ask(emulated(), `http://127.0.0.1:${emulated().port}/${path}`, {});
    expect([path, status]).toEqual([path, 404]);
  }
});

describe('a seed', () => {
  const refusal = async (change: Partial<EmulatorSeed>): Promise<string> => {
    const result = await startEmulator({ seed: { ...hostsSeed, ...change } }).catch(
      (error: unknown) => error,
    );
    expect(result).toMatchObject({ code: 'AML_CONFIG_INVALID' });
    return (result as Error).message;
  };
  const hosts = (...list: SeedHost[]): Partial<EmulatorSeed> => ({ hosts: list, roleAssignments: [] });

  test.each<[string, Partial<EmulatorSeed>, string]>([
    ['an identity', hosts({ kind: 'vm', as: 'none' }), 'There is no managed identity none.'],
    ['a compute', hosts({ kind: 'aml-compute', as: 'tpu' }), 'There is no compute tpu.'],
    ['a person', hosts({ kind: 'cloud-shell', as: 'eve@contoso' }), 'There is no user eve@contoso.'],
    [
      'a submitter',
      hosts({ kind: 'aml-compute', as: 'cpu', onBehalfOf: 'eve@contoso' }),
      'There is no user eve@contoso.',
    ],
    ['one of two people', hosts({ kind: 'cloud-shell', as: ['alice@contoso', 'bob@contoso'] }), 'one user'],
    [
      'a name twice',
      hosts({ kind: 'vm', as: 'system', name: 'a' }, { kind: 'arc', as: 'system', name: 'a' }),
      'two of host a',
    ],
    ['a scope', hosts({ kind: 'vm', as: 'system', scope: '/dev/rg-ml/ws1' }), 'not that of a resource group'],
    [
      'no place',
      { ...hosts({ kind: 'aml-online-endpoint', as: 'system' }), subscriptions: [] },
      'needs a workspace',
    ],
    [
      'a key folder elsewhere',
      hosts({ kind: 'vm', as: 'system', keyDir: 'agent' }),
      'keyDir is for arc only',
    ],
    [
      'a submitter elsewhere',
      hosts({ kind: 'vm', as: 'system', onBehalfOf: 'bob@contoso' }),
      'onBehalfOf is for aml-compute only',
    ],
    [
      'a holder of a role',
      { roleAssignments: [{ principal: 'host:none', role: 'Reader', scope: '/dev' }] },
      'no principal host:none',
    ],
    [
      'a holder without an identity of its own',
      { roleAssignments: [{ principal: 'compute:bare', role: 'Reader', scope: '/dev' }] },
      'no principal compute:bare',
    ],
  ])('that cannot be says which: %s', async (_, change, expected) => {
    expect(await refusal(change)).toContain(expected);
  });

  test.each([
    [{ name: 'cpu', user: 'alice@contoso' }, 'user, sso and state are for a ComputeInstance only'],
    [{ name: 'c' }, 'a compute name has 3 to 24'],
    [{ name: 'cpu', identity: 'missing' }, 'There is no managed identity missing.'],
  ])('with the compute %j is refused', async (compute, expected) => {
    const groups = [{ name: 'rg-ml', workspaces: [{ name: 'ws1', computes: [compute] }] }];
    const subscriptions = [{ name: 'dev', resourceGroups: groups }];
    expect(await refusal({ subscriptions, hosts: [], roleAssignments: [] })).toContain(expected);
  });

  test('with the name of something else for an identity is refused', async () => {
    const subscriptions = [
      { name: 'dev', resourceGroups: [{ name: 'rg', identities: [{ name: 'system' }] }] },
    ];
    expect(await refusal({ subscriptions, hosts: [], roleAssignments: [] })).toContain(
      'cannot have this name',
    );
  });

  test('the demo has a machine with a role, a cluster and a person', async () => {
    const emulator = await startEmulator({ seed: demoSeed });
    expect(emulator.host('vm').identities).toHaveLength(1);
    expect(emulator.host('aml-compute').name).toBe('cpu');
    expect(emulator.host('cpu').identities[0]!.clientId).toBe(emulator.identity().clientId);
    expect(emulator.host('cloud-shell').kind).toBe('cloud-shell');
    await emulator.close();
  });
});
