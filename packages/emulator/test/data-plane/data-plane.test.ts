import { demoSeed } from '@aml-auth/emulator';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { tokenOf } from '../support/emulated.js';
import { at, mlCaller } from '../support/ml.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso, ...others] = demoSeed.tenants;
const emulated = withEmulator({
  seed: {
    ...demoSeed,
    tenants: [
      {
        ...contoso!,
        apps: [
          ...(contoso?.apps ?? []),
          { name: 'no-roles', secrets: [{ value: 'no-roles-secret-of-the-emulator' }] },
        ],
      },
      ...others,
    ],
  },
});
const call = mlCaller(emulated);
const base = (): string => `${emulated().origin}/data-plane/westeurope`;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(path: string, token?: string, method = 'GET'): Promise<Answer> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await emulated().fetch(path.startsWith('https') ? path : `${base()}/${path}`, {
    method,
    headers,
  });
  const body = (await response.json()) as Answer['body'];
  return { status: response.status, headers: response.headers, body };
}

const experiments = (): string => `history/v1.0${emulated().workspace('ws1').id}/experiments`;
const models = (): string => `modelmanagement/v1.0${emulated().workspace('ws1').id}/models`;

test('the discoveryUrl of a workspace leads to a list of services that needs no token', async () => {
  const { body } = await call('');
  const { status, body: services } = await ask(String(at(body, 'properties.discoveryUrl')));
  expect(status).toBe(200);
  expect(services).toMatchObject({ api: base(), history: base(), modelmanagement: base() });
  const list = await ask(`${String(services['api'])}/${models()}`, await tokenOf(emulated(), 'auditor'));
  expect(list.status).toBe(200);
});

test('experiments of the run history are those that jobs name, each once', async () => {
  for (const [name, experimentName] of Object.entries({
    first: 'churn',
    second: 'churn',
    third: undefined,
  })) {
    await call(`jobs/${name}`, 'PUT', {
      properties: {
        jobType: 'Command',
        command: 'true',
        environmentId: `${emulated().workspace('ws1').id}/environments/e/versions/1`,
        ...(experimentName === undefined ? {} : { experimentName }),
      },
    });
  }
  const token = await tokenOf(emulated(), 'auditor');
  const { body, headers } = await ask(`${experiments()}?api-version=2021-03-01-preview`, token);
  const names = (body['value'] as { name: string }[]).map(({ name }) => name);
  expect(names.filter((name) => name === 'churn')).toHaveLength(1);
  expect(names).toContain('Default');
  expect(body).toMatchObject({ continuationToken: null, nextLink: null });
  expect(headers.get('x-emu-decision')).toContain('workspaces/experiments/read');
});

test('models of the model management are the versions in the workspace', async () => {
  for (const version of ['7', 'latest']) {
    await call(`models/churn/versions/${version}`, 'PUT', {
      properties: { modelUri: 'azureml://models/churn', tags: { team: 'a' } },
    });
  }
  const { body } = await ask(models(), await tokenOf(emulated(), 'auditor', 'https://ml.azure.com/.default'));
  const mine = (body['value'] as { name: string }[]).filter(({ name }) => name === 'churn');
  expect(mine).toMatchObject([
    { id: 'churn:7', version: 7, url: 'azureml://models/churn', kvTags: { team: 'a' } },
    { id: 'churn:latest', version: null },
  ]);
});

describe('the data plane refuses', () => {
  test('whoever has no token, one for another service, or none of the roles', async () => {
    expect(await ask(models())).toMatchObject({ status: 401, body: { error: { code: 'UserError' } } });
    const graph = await tokenOf(emulated(), 'auditor', 'https://graph.microsoft.com/.default');
    expect((await ask(models(), graph)).status).toBe(401);
    const stranger = await ask(models(), await tokenOf(emulated(), 'no-roles'));
    expect(stranger).toMatchObject({
      status: 403,
      body: { error: { innerError: { code: 'AuthorizationFailed' } }, location: 'westeurope' },
    });
    expect(stranger.headers.get('x-emu-decision')).toContain('workspaces/models/read');
  });

  test('regions, workspaces, services and methods that are not there', async () => {
    const token = await tokenOf(emulated(), 'auditor');
    const elsewhere = base().replace('westeurope', 'eastus');
    for (const path of [
      `${base().replace('westeurope', 'atlantis')}/discovery`,
      `${elsewhere}/${models()}`,
      models().replace('ws1', 'none'),
      models().replace('v1.0', 'v9.0'),
      models().replace('modelmanagement', 'history'),
      models().replace('/models', ''),
      'execution/v1.0',
      'constructor/v1.0/constructor',
      '',
    ]) {
      expect([path, (await ask(path, token)).status]).toEqual([path, 404]);
    }
    expect((await ask('discovery', undefined, 'POST')).status).toBe(405);
    expect((await ask(models(), token, 'DELETE')).status).toBe(405);
  });

  test('every path with an answer, and nothing without a token but the list of services', async () => {
    const segment = fc.constantFrom(
      'discovery',
      'history',
      'modelmanagement',
      'v1.0',
      'subscriptions',
      'x',
      '%20',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { maxLength: 6 }), async (path) => {
        const { status } = await ask(path.join('/'));
        expect(status).toBe(path.join('/') === 'discovery' ? 200 : 401);
      }),
      { numRuns: 50 },
    );
  });
});
