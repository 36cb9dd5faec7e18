import { demoSeed } from '@aml-auth/emulator';
import { expect, test } from 'vitest';

import { callArm } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({
  seed: {
    ...demoSeed,
    tenants: [
      ...demoSeed.tenants,
      { name: 'fabrikam', apps: [{ name: 'stranger', secrets: [{ value: 'stranger' }] }] },
    ],
  },
});

test.each([
  ['trainer', 'contoso'],
  ['stranger', 'fabrikam'],
])('%s sees the tenant %s and no other, without any role', async (app, name) => {
  const { id, domain } = emulated().tenant(name);
  const { status, body } = await callArm(emulated(), app, '/tenants?api-version=2022-12-01');
  expect(status).toBe(200);
  expect(body.value).toEqual([
    expect.objectContaining({
      id: `/tenants/${id}`,
      tenantId: id,
      defaultDomain: domain,
      tenantCategory: 'Home',
    }),
  ]);
});
