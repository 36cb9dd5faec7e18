import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { manualClock } from '@aml-auth/core/testing';
import { demoSeed, startEmulator } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { callArm, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const clock = manualClock(Date.UTC(2026, 10, 22, 9));
const emulated = withEmulator({
  clock,
  seed: {
    ...demoSeed,
    operations: { duration: '10s' },
    subscriptions: [{ ...demoSeed.subscriptions![0]!, unregistered: ['microsoft.compute'] }],
  },
});

const subscription = (): string => `/subscriptions/${emulated().subscription('dev').id}`;
const as = (app: string, path: string, method = 'GET'): Promise<ArmAnswer> =>
  callArm(emulated(), app, path, { method });

interface Provider {
  readonly namespace: string;
  readonly registrationState?: string;
  readonly resourceTypes: readonly {
    readonly resourceType: string;
    readonly apiVersions: readonly string[];
  }[];
}

describe('resource providers', () => {
  test('are listed with their types and api-versions', async () => {
    const { body } = await as('auditor', `${subscription()}/providers`);
    const found = (body.value as unknown as Provider[]).find(
      ({ namespace }) => namespace === 'Microsoft.MachineLearningServices',
    );
    expect(found).toMatchObject({ registrationState: 'Registered' });
    const type = found!.resourceTypes.find(({ resourceType }) => resourceType === 'workspaces');
    expect(type?.apiVersions).toContain('2024-10-01');
  });

  test('of the cloud are for everybody to read, those of a subscription for its readers', async () => {
    expect((await as('trainer', '/providers')).status).toBe(200);
    expect(
      await as('trainer', '/providers/microsoft.machinelearningservices?api-version=2022-12-01'),
    ).toMatchObject({
      status: 200,
      body: { namespace: 'Microsoft.MachineLearningServices' },
    });
    const refused = await as('trainer', `${subscription()}/providers`);
    expect(refused.body.error.message).toContain("'Microsoft.Resources/subscriptions/providers/read'");
    expect(await as('auditor', `${subscription()}/providers/Microsoft.Nowhere`)).toMatchObject({
      status: 404,
      code: 'InvalidResourceNamespace',
    });
  });

  test('must be registered before anything of theirs can be used', async () => {
    const machines = `${subscription()}/providers/Microsoft.Compute/virtualMachines?api-version=2024-07-01`;
    const refused = await as('auditor', machines);
    expect(refused).toMatchObject({
      status: 409,
      code: 'MissingSubscriptionRegistration',
      body: {
        error: {
          message:
            "The subscription is not registered to use namespace 'Microsoft.Compute'. See https://aka.ms/rps-not-found for how to register subscriptions.",
          details: [{ target: 'Microsoft.Compute' }],
        },
      },
    });
    const register = `${subscription()}/providers/microsoft.compute/register`;
    const forbidden = await as('auditor', register, 'POST');
    expect(forbidden).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
    expect(forbidden.body.error.message).toContain(
      `'Microsoft.Compute/register/action' over scope '${subscription()}'`,
    );
    expect(await as('platform-admin', register, 'POST')).toMatchObject({
      status: 200,
      body: { namespace: 'Microsoft.Compute', registrationState: 'Registering' },
    });
    expect((await as('auditor', machines)).status).toBe(409);
    clock.advance(10_000);
    expect((await as('auditor', machines)).status).toBe(200);
    expect(await as('auditor', `${subscription()}/providers/Microsoft.Compute`)).toMatchObject({
      body: { registrationState: 'Registered' },
    });

    await as('platform-admin', register.replace('register', 'unregister'), 'POST');
    clock.advance(10_000);
    expect((await as('auditor', machines)).code).toBe('MissingSubscriptionRegistration');
  });

  test('that do not exist cannot be left out in a seed', async () => {
    const seed = {
      ...demoSeed,
      subscriptions: [{ name: 'dev', unregistered: ['Microsoft.Nowhere'] }],
      roleAssignments: [],
      hosts: [],
    };
    await expect(startEmulator({ seed })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining('no resource provider Microsoft.Nowhere') as string,
    });
  });
});

interface Operations {
  readonly name: string;
  readonly operations: readonly { readonly name: string; readonly isDataAction: boolean }[];
  readonly resourceTypes?: readonly Operations[];
}

describe('the operations of resource providers', () => {
  const path = '/providers/Microsoft.Authorization/providerOperations';
  const ML = 'Microsoft.MachineLearningServices';

  test('of Azure Machine Learning are all there, by resource type', async () => {
    const { status, body } = await as('trainer', `${path}/${ML.toLowerCase()}?$expand=resourceTypes`);
    expect(status).toBe(200);
    const { name, operations, resourceTypes = [] } = body as unknown as Operations;
    expect(name).toBe(ML);
    expect(operations.map((operation) => operation.name)).toEqual([`${ML}/register/action`]);
    const names = [operations, ...resourceTypes.map((type) => type.operations)].flat();
    expect(new Set(names.map((operation) => operation.name)).size).toBe(289);
    const workspaces = resourceTypes.find((type) => type.name === 'workspaces');
    expect(workspaces?.operations.map((operation) => operation.name)).toContain(
      `${ML}/workspaces/listKeys/action`,
    );
  });

  test('stand apart by type only where that is asked for', async () => {
    const { body } = await as('trainer', `${path}/${ML}`);
    expect(body).not.toHaveProperty('resourceTypes');
    const all = await as('trainer', path);
    expect(all.body.value.map(({ name }) => name)).toContain('Microsoft.Compute');
    expect((await as('trainer', `${path}/Microsoft.Nowhere`)).status).toBe(404);
  });

  test.each([
    ['Microsoft.MachineLearningServices', '2024-10-01', `${ML}/workspaces/computes/start/action`],
    ['Microsoft.Compute', '2024-07-01', 'Microsoft.Compute/virtualMachines/deallocate/action'],
    ['Microsoft.Resources', '2022-12-01', 'Microsoft.Resources/subscriptions/resourceGroups/delete'],
    ['Microsoft.ManagedIdentity', '2023-01-31', 'Microsoft.ManagedIdentity/userAssignedIdentities/write'],
  ])('of %s are listed on their own', async (namespace, version, name) => {
    const { status, body } = await as('trainer', `/providers/${namespace}/operations?api-version=${version}`);
    expect(status).toBe(200);
    expect(body.value.map((operation) => operation.name)).toContain(name);
    expect(body.value[0]).toMatchObject({ isDataAction: false, display: { provider: namespace } });
  });
});

const published = join(import.meta.dirname, '../../../../../shared/data/azureml-operations.json');
test.skipIf(!existsSync(published))(
  'the operations of Azure Machine Learning are those of the published list (../shared/data)',
  async () => {
    const names = JSON.parse(readFileSync(published, 'utf8')) as string[];
    const { body } = await as(
      'trainer',
      '/providers/Microsoft.MachineLearningServices/operations?api-version=2024-10-01',
    );
    expect(new Set(body.value.map(({ name }) => name))).toEqual(new Set(names));
  },
);
