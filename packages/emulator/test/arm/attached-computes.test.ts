import { expect, test } from 'vitest';

import { at, mlCaller } from '../support/ml.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();
const call = mlCaller(emulated);
const resourceId = '/subscriptions/x/resourceGroups/y/providers/Microsoft.Compute/virtualMachines/z';

function attached(computeType: string, properties: Record<string, unknown> = {}): unknown {
  return { properties: { computeType, resourceId, properties } };
}

test('a machine is attached; its account comes out with listKeys only', async () => {
  const administratorAccount = {
    username: 'root',
    password: 'hunter2-hunter2',
    privateKeyData: 'hunter2-key',
  };
  const body = attached('VirtualMachine', { address: '10.0.0.4', sshPort: 22, administratorAccount });
  const made = await call('computes/mine', 'PUT', body);
  expect(made).toMatchObject({
    status: 201,
    body: {
      properties: {
        computeType: 'VirtualMachine',
        isAttachedCompute: true,
        resourceId,
        properties: { address: '10.0.0.4', sshPort: 22 },
      },
    },
  });
  const keys = await call('computes/mine/listKeys', 'POST');
  expect(keys.body).toEqual({ computeType: 'VirtualMachine', administratorAccount });
  const kept = JSON.stringify([emulated().snapshot(), emulated().requests]);
  expect(kept.includes('hunter2')).toBe(false);
  expect(() => emulated().host('mine')).toThrow(/no host mine/);
});

test('a cluster of Kubernetes has configurations that are of this run, Databricks has its token', async () => {
  await call('computes/aks', 'PUT', attached('AKS'));
  const { body } = await call('computes/aks/listKeys', 'POST');
  expect(body).toMatchObject({ computeType: 'AKS', imagePullSecretName: 'aks-pull' });
  expect(body['userKubeConfig']).not.toBe(body['adminKubeConfig']);
  const token = /token: (\S+)/.exec(String(body['userKubeConfig']))?.[1];
  expect(token).toHaveLength(43);
  expect(JSON.stringify(emulated().requests).includes(String(token))).toBe(false);
  await call('computes/bricks', 'PUT', attached('Databricks', { databricksAccessToken: 'dapi-1' }));
  expect((await call('computes/bricks/listKeys', 'POST')).body).toEqual({
    computeType: 'Databricks',
    databricksAccessToken: 'dapi-1',
  });
});

test('what has no keys, and what is attached to nothing, is refused', async () => {
  await call('computes/k8s', 'PUT', attached('Kubernetes'));
  expect((await call('computes/k8s/listKeys', 'POST')).status).toBe(400);
  const nowhere = await call('computes/nowhere', 'PUT', {
    properties: { computeType: 'AKS', properties: {} },
  });
  expect(at(nowhere.body, 'error.message')).toContain('properties.resourceId');
});

test('a data scientist may not read keys of computes', async () => {
  await call('computes/aks', 'PUT', attached('AKS'));
  const refused = await call('computes/aks/listKeys', 'POST', undefined, 'trainer');
  expect(refused).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
});

test('a registry is made, listed and deleted', async () => {
  const group = emulated()
    .workspace()
    .id.replace(/\/workspaces\/.*/, '');
  expect((await call(`${group}/registries/shared`, 'PUT', { location: 'westeurope' })).status).toBe(201);
  expect((await call(`${group}/registries/shared`)).body).toMatchObject({
    type: 'Microsoft.MachineLearningServices/registries',
    properties: { publicNetworkAccess: 'Enabled', regionDetails: [{ location: 'westeurope' }] },
  });
  const { body } = await call(`${group}/registries`);
  expect(body['value']).toHaveLength(1);
  expect((await call(`${group}/registries/shared`, 'DELETE')).status).toBe(200);
});
