import { ManagementGroupsAPI } from '@azure/arm-managementgroups';
import { ClientSecretCredential } from '@azure/identity';
import { trustEmulator } from '@aml-auth/emulator';
import { beforeAll, expect, test } from 'vitest';

import { accessSeed } from '../support/access-seed.js';
import { withEmulator } from '../support/with-emulator.js';

const GROUPS = '/providers/Microsoft.Management/managementGroups';

const emulated = withEmulator({ seed: accessSeed, pageSize: 2 });

beforeAll(() => {
  trustEmulator(emulated());
});

function client(app = 'root-owner'): ManagementGroupsAPI {
  const { tenantId, clientId, secret } = emulated().app(app);
  const { origin } = emulated();
  const credential = new ClientSecretCredential(tenantId, clientId, secret!, {
    authorityHost: origin,
    disableInstanceDiscovery: true,
  });
  return new ManagementGroupsAPI(credential, {
    endpoint: origin,
    credentialScopes: `${origin}/.default`,
    retryOptions: { maxRetries: 0 },
  });
}

async function names(
  pages: AsyncIterable<{ readonly name?: string }>,
): Promise<readonly (string | undefined)[]> {
  const items: (string | undefined)[] = [];
  for await (const { name } of pages) items.push(name);
  return items;
}

const subscription = (name: string): string => emulated().subscription(name).id;

test('an unmodified client of management groups walks the tree', async () => {
  const { managementGroups, managementGroupSubscriptions, entities } = client();
  const root = emulated().tenant().id;
  expect(await names(managementGroups.list())).toEqual([root, 'team', 'top', 'other']);
  expect(await managementGroups.get('top', { expand: 'children', recurse: true })).toMatchObject({
    displayName: 'Top',
    tenantId: root,
    details: { parent: { name: root } },
    children: [
      { name: 'team', children: [{ name: subscription('dev'), type: '/subscriptions' }] },
      { name: subscription('prod') },
    ],
  });
  expect(await names(managementGroups.listDescendants('top'))).toEqual([
    'team',
    subscription('dev'),
    subscription('prod'),
  ]);
  expect(await names(managementGroupSubscriptions.listSubscriptionsUnderManagementGroup('team'))).toEqual([
    subscription('dev'),
  ]);
  expect(await names(entities.list())).toHaveLength(7);
});

test('it makes, changes and deletes a group, and moves a subscription', async () => {
  const { managementGroups, managementGroupSubscriptions } = client();
  const made = await managementGroups.beginCreateOrUpdateAndWait('new', {
    displayName: 'New',
    details: { parent: { id: `${GROUPS}/top` } },
  });
  expect(made).toMatchObject({
    id: `${GROUPS}/new`,
    displayName: 'New',
    details: { parent: { name: 'top' } },
  });
  expect(await managementGroups.update('new', { displayName: 'Newer' })).toMatchObject({
    displayName: 'Newer',
  });
  await managementGroupSubscriptions.create('new', subscription('loose'));
  expect(await names(managementGroups.listDescendants('new'))).toEqual([subscription('loose')]);
  await managementGroupSubscriptions.delete('new', subscription('loose'));
  await managementGroups.beginDeleteAndWait('new');
  await expect(managementGroups.get('new')).rejects.toMatchObject({
    statusCode: 404,
    code: 'ManagementGroupNotFound',
  });
  await expect(client('nobody').managementGroups.get('top')).rejects.toMatchObject({
    statusCode: 403,
    code: 'AuthorizationFailed',
  });
});
