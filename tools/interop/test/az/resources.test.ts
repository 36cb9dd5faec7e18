import { demoSeed } from '@aml-auth/emulator';
import { beforeAll, describe, expect, test } from 'vitest';

import { withAz, type Az } from '../support/az.ts';

const running = withAz({
  pageSize: 2,
  emptyPages: true,
  seed: {
    ...demoSeed,
    subscriptions: [{ ...demoSeed.subscriptions![0]!, unregistered: ['Microsoft.Insights'] }],
  },
});
let az: Az;

beforeAll(async () => {
  az = await running().newAz();
  const { clientId, tenantId, secret = '' } = running().emulator.app('platform-admin');
  await az.json('login', '--service-principal', '-u', clientId, '--tenant', tenantId, '-p', secret);
});

const named = (...args: string[]): Promise<unknown> => az.json(...args, '--query', '[].name');

describe('az group and az resource', () => {
  test('make, list and delete a resource group, and wait until it is gone', async () => {
    expect(await az.json('group', 'create', '-n', 'new', '-l', 'westeurope', '--tags', 'a=b')).toMatchObject({
      name: 'new',
      tags: { a: 'b' },
      properties: { provisioningState: 'Succeeded' },
    });
    expect(await az.json('group', 'exists', '-n', 'new')).toBe(true);
    expect(await named('group', 'list', '--tag', 'a=b')).toEqual(['new']);
    expect(await named('group', 'list')).toEqual(['rg-ml', 'rg-ml2', 'new']);
    await az.run(['group', 'delete', '-n', 'new', '--yes']);
    expect(await az.json('group', 'exists', '-n', 'new')).toBe(false);
  });

  test('list resources of one type, on empty pages too', async () => {
    const workspaces = 'Microsoft.MachineLearningServices/workspaces';
    expect(await named('resource', 'list', '--resource-type', workspaces)).toEqual(['ws1']);
    expect(await named('resource', 'list', '-g', 'rg-ml')).toHaveLength(6);
  });
});

describe('az provider and az account', () => {
  test('register a resource provider, and show what roles can allow', async () => {
    const state = ['provider', 'show', '-n', 'Microsoft.Insights', '--query', 'registrationState'];
    expect(await az.json(...state)).toBe('NotRegistered');
    await az.run(['provider', 'register', '-n', 'Microsoft.Insights', '--wait']);
    expect(await az.json(...state)).toBe('Registered');
    const operations = ['provider', 'operation', 'show', '-n', 'Microsoft.MachineLearningServices'];
    expect(await az.json(...operations, '--query', 'length(resourceTypes[].operations[])')).toBe(288);
  });

  test('list the regions', async () => {
    expect(await named('account', 'list-locations')).toContain('westeurope');
  });
});

describe('az identity and az resource invoke-action', () => {
  test('make an identity, and delete it', async () => {
    const made = (await az.json('identity', 'create', '-g', 'rg-ml2', '-n', 'id-vm')) as { id: string };
    expect(await named('identity', 'list')).toEqual(['id-cluster', 'id-vm']);
    const { clientId } = running().emulator.identity('id-vm');
    expect(await az.json('identity', 'show', '--ids', made.id)).toMatchObject({ clientId });
    await az.run(['identity', 'delete', '--ids', made.id]);
    expect(() => running().emulator.identity('id-vm')).toThrow(/no managed identity/);
  });

  test('turn a virtual machine off', async () => {
    const { resourceId = '' } = running().emulator.host('vm');
    const ids = ['--ids', resourceId, '--api-version', '2024-07-01'];
    await az.run(['resource', 'invoke-action', '--action', 'deallocate', ...ids]);
    const url = `https://management.azure.com${resourceId}/instanceView?api-version=2024-07-01`;
    expect(JSON.stringify(await az.json('rest', '--url', url))).toContain('PowerState/deallocated');
  });
});
