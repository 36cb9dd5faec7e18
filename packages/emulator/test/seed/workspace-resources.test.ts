import {
  demoSeed,
  parseSeed,
  startEmulator,
  type EmulatorSeed,
  type SeedWorkspace,
} from '@aml-auth/emulator';
import { expect, test } from 'vitest';

import { tokenOf } from '../support/emulated.js';
import { ARM, ask, readAs } from '../support/hosts.js';
import { at, mlCaller, namesIn } from '../support/ml.js';
import { score } from '../support/scoring.js';
import { withEmulator } from '../support/with-emulator.js';

function seedOf(workspace: Partial<SeedWorkspace>): EmulatorSeed {
  return {
    ...demoSeed,
    subscriptions: [
      {
        name: 'dev',
        resourceGroups: [
          {
            name: 'rg-ml',
            identities: [{ name: 'id-cluster' }],
            workspaces: [{ name: 'ws1', computes: [{ name: 'cpu' }], ...workspace }],
          },
          { name: 'rg-ml2' },
        ],
      },
    ],
  };
}

const emulated = withEmulator({
  seed: {
    ...seedOf({
      datastores: [
        { name: 'raw', account: 'account', container: 'raw', accountKey: 'key-of-the-account' },
        { name: 'share', type: 'AzureFile', account: 'account', container: 'files' },
        { name: 'signed', account: 'account', container: 'c', sasToken: 'sv=1' },
      ],
      endpoints: [
        { name: 'scoring', keys: { primary: 'the-first-key', secondary: 'the-second-key' } },
        {
          name: 'entra',
          auth: 'aad-token',
          identity: 'id-cluster',
          deployments: ['blue', 'green'],
          traffic: { green: 100 },
        },
        { name: 'tokens', auth: 'aml-token', deployments: [] },
      ],
      jobs: [
        { name: 'done' },
        { name: 'bad', status: 'Failed', experiment: 'trees' },
        { name: 'bobs', status: 'Running', compute: 'cpu', user: 'bob@contoso' },
      ],
    }),
    roleAssignments: [
      ...demoSeed.roleAssignments!,
      { principal: 'endpoint:ws1/scoring', role: 'Reader', scope: '/dev/rg-ml/ws1' },
    ],
  },
});
const call = mlCaller(emulated);

test('datastores have their secrets', async () => {
  expect(namesIn(await call('datastores'))).toContain('raw');
  expect((await call('datastores/raw/listSecrets', 'POST')).body).toEqual({
    secretsType: 'AccountKey',
    key: 'key-of-the-account',
  });
  expect((await call('datastores/signed/listSecrets', 'POST')).body).toEqual({
    secretsType: 'Sas',
    sasToken: 'sv=1',
  });
  expect((await call('datastores/share')).body['properties']).toMatchObject({
    datastoreType: 'AzureFile',
    fileShareName: 'files',
    credentials: { credentialsType: 'None' },
  });
  expect(JSON.stringify(emulated().snapshot()).includes('key-of-the-account')).toBe(false);
});

test('online endpoints answer, and can be looked up', async () => {
  const endpoint = emulated().endpoint('scoring');
  expect(endpoint).toEqual({
    id: `${emulated().workspace('ws1').id}/onlineEndpoints/scoring`,
    name: 'scoring',
    workspaceId: emulated().workspace('ws1').id,
    scoringUri: `${emulated().origin}/inference/westeurope/scoring/score`,
    principalId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    key: 'the-first-key',
  });
  expect(emulated().endpoint()).toEqual(endpoint);
  const first = await score(emulated, 'scoring', endpoint.key);
  expect(first.headers.get('azureml-model-deployment')).toBe('default');
  expect((await score(emulated, 'scoring', 'the-second-key')).status).toBe(200);
  const token = await tokenOf(emulated(), 'trainer', 'https://ml.azure.com/.default');
  const second = await score(emulated, 'entra', token);
  expect(second.headers.get('azureml-model-deployment')).toBe('green');
  expect(emulated().endpoint('ws1/entra').key).toBeUndefined();
  expect(() => emulated().endpoint('none')).toThrow(/no online endpoint none/);
});

test('an online endpoint is the host of its identities, which roles can be assigned to', async () => {
  const { env } = emulated().host('scoring');
  const headers = { Metadata: 'true', secret: env['MSI_SECRET'] ?? '' };
  const { body } = await ask(emulated(), env['MSI_ENDPOINT'], { resource: ARM }, { headers });
  expect(await readAs(emulated(), body['access_token'], emulated().workspace('ws1').id)).toBe(200);
  expect(emulated().host('entra').identities).toMatchObject([{ id: emulated().identity('id-cluster').id }]);
});

test('jobs are in the status of the seed, and the host knows for whom one runs', async () => {
  const status = async (name: string): Promise<unknown> =>
    at((await call(`jobs/${name}`)).body, 'properties.status');
  expect(await Promise.all(['done', 'bad', 'bobs'].map(status))).toEqual(['Completed', 'Failed', 'Running']);
  const { OBO_ENDPOINT } = emulated().host('cpu').env;
  const { claims } = await ask(emulated(), OBO_ENDPOINT, { resource: ARM });
  expect(claims['upn']).toBe(emulated().user('bob@contoso').name);
  await call('jobs/bobs/cancel', 'POST');
  expect(await status('bobs')).toBe('Canceled');
});

test('keys that nobody chose are new in every run', async () => {
  const seed = seedOf({ endpoints: [{ name: 'scoring' }] });
  const runs = [await startEmulator({ seed }), await startEmulator({ seed })];
  const [one, other] = runs.map((run) => run.endpoint('scoring').key);
  expect(one).toMatch(/^[A-Za-z\d]{32}$/);
  expect(other).not.toBe(one);
  await Promise.all(runs.map((run) => run.close()));
});

test.each<[string, Partial<SeedWorkspace>, RegExp]>([
  [
    'two secrets',
    { datastores: [{ name: 'd', account: 'a', container: 'c', accountKey: 'k', sasToken: 's' }] },
    /not both/,
  ],
  [
    'traffic for nobody',
    { endpoints: [{ name: 'scoring', traffic: { blue: 100 } }] },
    /deployments that are there/,
  ],
  ['half of the traffic', { endpoints: [{ name: 'scoring', traffic: { default: 50 } }] }, /0 or 100/],
  ['a name that ends in a dash', { endpoints: [{ name: 'scoring-' }] }, /an endpoint name/],
])('%s is an error', (_, workspace, text) => {
  expect(() => parseSeed(seedOf(workspace))).toThrow(text);
});

test.each<[string, Partial<SeedWorkspace>, RegExp]>([
  ['a job on a compute that is not there', { jobs: [{ name: 'j', compute: 'gpu' }] }, /compute gpu/],
  ['a job of nobody', { jobs: [{ name: 'j', user: 'eve@contoso' }] }, /eve@contoso/],
  [
    'an endpoint twice',
    { endpoints: [{ name: 'scoring' }, { name: 'scoring' }] },
    /online endpoint ws1\/scoring/,
  ],
])('%s is an error', async (_, workspace, text) => {
  await expect(startEmulator({ seed: seedOf(workspace) })).rejects.toThrow(text);
});
