import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { trustEmulator } from '@aml-auth/emulator';
import { beforeAll, expect, test } from 'vitest';

import { collect, sdkSettings } from '../support/sdk-client.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ emptyPages: true });

beforeAll(() => {
  trustEmulator(emulated());
});

test('an unmodified client finds its tenant, subscriptions and regions', async () => {
  const { credential, subscriptionId, options } = sdkSettings(emulated(), 'trainer');
  const { tenants, subscriptions } = new SubscriptionClient(credential, options);
  const { id: tenantId, domain } = emulated().tenant();
  expect(await collect(tenants.list())).toMatchObject([{ tenantId, defaultDomain: domain }]);
  expect(await collect(subscriptions.list())).toMatchObject([{ subscriptionId, displayName: 'dev' }]);
  const regions = await collect(subscriptions.listLocations(subscriptionId));
  expect(regions.find(({ name }) => name === 'westeurope')).toMatchObject({
    displayName: 'West Europe',
    metadata: { pairedRegion: [{ name: 'northeurope' }] },
  });
  const reader = sdkSettings(emulated(), 'auditor');
  const own = new SubscriptionClient(reader.credential, reader.options).subscriptions;
  expect(await own.get(subscriptionId)).toMatchObject({ tenantId, state: 'Enabled' });
});
