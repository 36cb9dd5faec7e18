import { createArmClient, parseWorkspaceId } from '@aml-auth/rest';
import type { LogEvent } from '@aml-auth/core';
import { describe, expect, it } from 'vitest';
import { collect, countingCredential, loopbackArm } from '../loopback-arm.js';

const REF = {
  subscriptionId: '00000000-0000-0000-0000-00000000000A',
  resourceGroup: 'rg-(1)',
  workspaceName: 'ws-1',
};
const PATH =
  '/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/rg-(1)/providers/Microsoft.MachineLearningServices/workspaces';

describe('workspaces', () => {
  it('gets one, and reports fields that drifted', async () => {
    const arm = await loopbackArm(() => ({ body: { id: `${PATH}/ws-1`, name: 'ws-1', location: 5 } }));
    const events: LogEvent[] = [];
    const note = (event: LogEvent): void => void events.push(event);
    const logger = { debug: note, info: note, warn: note, error: note };
    const client = createArmClient({ credential: countingCredential(), fetch: arm.fetch, logger });
    await expect(client.workspaces.get(REF)).resolves.toMatchObject({ name: 'ws-1', properties: {} });
    expect(arm.seen[0]?.url).toBe(`${PATH}/ws-1?api-version=2026-09-01`);
    expect(events).toContainEqual({
      event: 'arm.drift',
      resource: 'workspace',
      apiVersion: '2026-09-01',
      fields: ['location'],
    });
  });

  it('lists those of a resource group and of a subscription', async () => {
    const arm = await loopbackArm(() => ({ body: { value: [{ id: `${PATH}/a`, name: 'a' }] } }));
    const client = createArmClient({
      credential: countingCredential(),
      fetch: arm.fetch,
      machineLearningApiVersion: '2025-12-01',
    });
    const { subscriptionId, resourceGroup } = REF;
    for (const options of [{ subscriptionId, resourceGroup }, { subscriptionId }]) {
      const found = await collect(client.workspaces.list(options));
      expect(found.map(({ name }) => name)).toEqual(['a']);
    }
    expect(arm.seen.map(({ url }) => url)).toEqual([
      `${PATH}?api-version=2025-12-01`,
      `${PATH.replace('/resourceGroups/rg-(1)', '')}?api-version=2025-12-01`,
    ]);
  });

  it.each([
    ['subscriptionId', 'not-a-guid'],
    ['subscriptionId', '{00000000-0000-0000-0000-000000000001}'],
    ['resourceGroup', 'ends.'],
    ['resourceGroup', 'a/../../b'],
    ['resourceGroup', '%2e%2e'],
    ['workspaceName', 'a/../../b'],
    ['workspaceName', '%2e%2e'],
    ['workspaceName', '?api-version='],
    ['workspaceName', '#'],
    ['workspaceName', 'ab'],
    ['workspaceName', `a${'b'.repeat(100_000)}`],
  ])('refuses the %s %j by name, and asks for no token', async (field, value) => {
    const credential = countingCredential();
    const client = createArmClient({ credential });
    await expect(client.workspaces.get({ ...REF, [field]: value })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining(field) as string,
    });
    expect(credential.asked).toEqual([]);
  });
});

describe('subscriptions', () => {
  it('are listed with their tenant', async () => {
    const item = { id: '/subscriptions/s', subscriptionId: 's', tenantId: 't', state: 'Enabled' };
    const arm = await loopbackArm(() => ({ body: { value: [item] } }));
    const client = createArmClient({ credential: countingCredential(), fetch: arm.fetch });
    await expect(collect(client.subscriptions.list())).resolves.toEqual([item]);
  });
});

describe('parseWorkspaceId', () => {
  it('reads an ARM id in any case', () => {
    expect(parseWorkspaceId(`${PATH}/ws-1`.replace('resourceGroups', 'resourcegroups'))).toEqual({
      subscriptionId: '00000000-0000-0000-0000-00000000000a',
      resourceGroup: 'rg-(1)',
      workspaceName: 'ws-1',
    });
  });

  it.each([
    '',
    `${PATH}/ws-1/jobs/j`,
    `${PATH}/..`,
    '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/x',
  ])('refuses %j', (id) => {
    expect(() => parseWorkspaceId(id)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
    );
  });
});
