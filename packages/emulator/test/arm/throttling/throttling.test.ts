import { manualClock } from '@aml-auth/core/testing';
import { demoSeed, startEmulator, type Emulator, type SeedThrottling } from '@aml-auth/emulator';
import { afterEach, expect, test } from 'vitest';

import { callArm } from '../../support/emulated.js';

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

const clock = manualClock(Date.UTC(2026, 10, 22, 9));
async function start(throttling: SeedThrottling | undefined): Promise<Emulator> {
  const emulator = await startEmulator({ clock, seed: { ...demoSeed, throttling } });
  running.push(emulator);
  return emulator;
}

const one = { size: 1, perSecond: 0.5 };

test('what is left stands in the answer, for reads, writes and deletes apart', async () => {
  const emulator = await start('azure');
  const group = `/subscriptions/${emulator.subscription('dev').id}/resourceGroups/new`;
  const left = async (app: string, path: string, method: string, kind: string, body?: unknown) => {
    const { headers } = await callArm(emulator, app, path, { method, body });
    const name = `x-ms-ratelimit-remaining-${kind}`;
    return [headers.get(name), headers.get(name.replace(/-(?=[a-z]+$)/, '-global-'))];
  };
  expect(await left('auditor', group, 'GET', 'subscription-reads')).toEqual(['249', '3749']);
  expect(await left('auditor', group, 'GET', 'subscription-reads')).toEqual(['248', '3748']);
  expect(await left('platform-admin', group, 'GET', 'subscription-reads')).toEqual(['249', '3747']);
  expect(
    await left('platform-admin', group, 'PUT', 'subscription-writes', { location: 'westeurope' }),
  ).toEqual(['199', '2999']);
  expect(await left('platform-admin', group, 'DELETE', 'subscription-deletes')).toEqual(['199', '2999']);
  expect(await left('auditor', '/subscriptions', 'GET', 'tenant-reads')).toEqual(['249', '3749']);
});

test('an empty bucket is 429, until it has gained one', async () => {
  const emulator = await start({ reads: one });
  const path = `/subscriptions/${emulator.subscription('dev').id}`;
  expect((await callArm(emulator, 'auditor', path)).status).toBe(200);
  const refused = await callArm(emulator, 'auditor', path);
  expect(refused).toMatchObject({ status: 429, code: 'SubscriptionRequestsThrottled' });
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(refused.headers.get('x-ms-ratelimit-remaining-subscription-reads')).toBe('0');
  expect(refused.body.error.message).toContain(
    `'read' requests for subscription '${emulator.subscription('dev').id}' actor '${emulator.app('auditor').objectId}'`,
  );
  // Others, and other kinds of requests, have buckets of their own.
  expect((await callArm(emulator, 'platform-admin', path)).status).toBe(200);
  expect((await callArm(emulator, 'auditor', '/subscriptions')).status).toBe(200);
  expect((await callArm(emulator, 'auditor', '/subscriptions')).code).toBe('TenantRequestsThrottled');

  clock.advance(1_999);
  expect((await callArm(emulator, 'auditor', path)).headers.get('retry-after')).toBe('1');
  clock.advance(1);
  expect((await callArm(emulator, 'auditor', path)).status).toBe(200);
});

test('a request that is refused for its token costs nothing', async () => {
  const emulator = await start({ reads: one });
  const path = `${emulator.origin}/subscriptions/${emulator.subscription('dev').id}?api-version=2022-12-01`;
  for (const _ of [1, 2]) expect((await emulator.fetch(path)).status).toBe(401);
  expect((await callArm(emulator, 'auditor', path)).status).toBe(200);
});

test('without limits there are no headers', async () => {
  const emulator = await start(false);
  const { headers } = await callArm(emulator, 'auditor', '/subscriptions');
  expect([...headers.keys()].filter((name) => name.startsWith('x-ms-ratelimit'))).toEqual([]);
});

test('the default is out of the way', async () => {
  const emulator = await start(undefined);
  const { headers } = await callArm(emulator, 'auditor', '/subscriptions');
  expect(headers.get('x-ms-ratelimit-remaining-tenant-reads')).toBe('99999');
});

test.each([true, 'soft', { reads: { size: 0, perSecond: 1 } }, { polls: one }])(
  '%j is refused',
  async (throttling) => {
    await expect(start(throttling as SeedThrottling)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  },
);
