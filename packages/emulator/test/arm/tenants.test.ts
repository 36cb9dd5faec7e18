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
    subscriptions: [...demoSeed.subscriptions!, { name: 'theirs', tenant: 'fabrikam' }],
    roleAssignments: [
      ...demoSeed.roleAssignments!,
      { principal: 'app:stranger', role: 'Owner', scope: '/theirs' },
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

test('two tenants may have a custom role with the same id, and each has its own', async () => {
  const callers = [
    ['platform-admin', 'dev'],
    ['stranger', 'theirs'],
  ] as const;
  const pathOf = (subscription: string): string =>
    `/subscriptions/${emulated().subscription(subscription).id}/providers/Microsoft.Authorization/roleDefinitions/c0ffee00-0000-4000-8000-000000000020`;
  const put = (app: string, subscription: string) =>
    callArm(emulated(), app, pathOf(subscription), {
      method: 'PUT',
      body: {
        properties: {
          roleName: `role of ${app}`,
          assignableScopes: [`/subscriptions/${emulated().subscription(subscription).id}`],
          permissions: [{ actions: ['*/read'] }],
        },
      },
    });
  for (const [app, subscription] of callers) expect((await put(app, subscription)).status).toBe(201);
  for (const [app, subscription] of callers) {
    const { body } = await callArm(emulated(), app, pathOf(subscription));
    expect(body.properties).toMatchObject({ roleName: `role of ${app}` });
  }
  expect((await callArm(emulated(), 'stranger', pathOf('theirs'), { method: 'DELETE' })).status).toBe(200);
  expect((await callArm(emulated(), 'platform-admin', pathOf('dev'))).status).toBe(200);
});
