import { expect, test } from 'vitest';

import { callArm } from '../support/emulated.js';
import { hostsSeed } from '../support/hosts.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: hostsSeed });
const compute = (name: string): string => `${emulated().workspace('ws1').id}/computes/${name}`;

test('a cluster is shown with its user-assigned identity', async () => {
  const { status, body } = await callArm(emulated(), 'trainer', compute('CPU'));
  const { id, principalId, clientId } = emulated().identity('id-cluster');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id: compute('cpu'),
    name: 'cpu',
    type: 'Microsoft.MachineLearningServices/workspaces/computes',
    location: 'northeurope',
    identity: { type: 'UserAssigned', userAssignedIdentities: { [id]: { principalId, clientId } } },
    properties: { computeType: 'AmlCompute', provisioningState: 'Succeeded' },
  });
});

test('an instance is shown with its own identity and the person whom it is assigned to', async () => {
  const { body } = await callArm(emulated(), 'auditor', compute('alices'));
  const { id, tenantId } = emulated().user('alice@contoso');
  expect(body).toMatchObject({
    identity: { type: 'SystemAssigned', principalId: emulated().compute('alices').principalId, tenantId },
    properties: {
      computeType: 'ComputeInstance',
      properties: {
        enableSSO: true,
        state: 'Running',
        personalComputeInstanceSettings: { assignedUser: { objectId: id, tenantId } },
      },
    },
  });
});

test('the list holds those of the workspace', async () => {
  const { body } = await callArm(emulated(), 'trainer', `${emulated().workspace('ws1').id}/computes`);
  expect(body.value.map(({ name }) => name)).toEqual([
    'cpu',
    'gpu',
    'bare',
    'alices',
    'no-msi',
    'no-sso',
    'nobodys',
  ]);
});

test('one that is not there, in a workspace that is and in one that is not', async () => {
  const missing = await callArm(emulated(), 'auditor', compute('tpu'));
  expect(missing).toMatchObject({ status: 404, code: 'ResourceNotFound' });
  expect(missing.body.error.message).toContain('/workspaces/ws1/computes/tpu');
  for (const path of ['/computes', '/computes/cpu']) {
    const id = emulated().workspace('ws1').id.replace(/ws1$/, 'ws9');
    const { body } = await callArm(emulated(), 'auditor', `${id}${path}`);
    expect(body.error.message).toContain("'Microsoft.MachineLearningServices/workspaces/ws9'");
  }
});

test('roles decide', async () => {
  const stranger = await callArm(emulated(), 'trainer', compute('cpu').replace(/rg-ml\//, 'rg-ml2/'));
  expect(stranger).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
  // A data scientist of the workspace may turn computes on, and not make, change or delete them.
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    const body = method === 'DELETE' ? undefined : {};
    expect((await callArm(emulated(), 'trainer', compute('cpu'), { method, body })).status).toBe(403);
  }
  expect((await callArm(emulated(), 'trainer', `${compute('alices')}/stop`, { method: 'POST' })).status).toBe(
    202,
  );
  expect(
    (await callArm(emulated(), 'auditor', `${compute('alices')}/start`, { method: 'POST' })).status,
  ).toBe(403);
});

test('goes with its workspace', async () => {
  await callArm(emulated(), 'platform-admin', emulated().workspace('ws1').id, { method: 'DELETE' });
  expect(() => emulated().compute('cpu')).toThrow(/no compute cpu/);
  expect(emulated().host('gpu').identities).toEqual([]);
});
