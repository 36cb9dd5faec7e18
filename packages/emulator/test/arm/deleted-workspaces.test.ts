import { manualClock } from '@aml-auth/core/testing';
import { expect, test } from 'vitest';

import { links, seedWithDependents } from '../support/dependents.js';
import { callArm, callArmToEnd, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const DAY_MS = 86_400_000;
const clock = manualClock(Date.UTC(2026, 10, 22, 9));
const emulated = withEmulator({ clock, seed: seedWithDependents });

const group = (): string => `/subscriptions/${emulated().subscription('dev').id}/resourceGroups/rg-ml2`;
const fresh = (query = ''): string =>
  `${group()}/providers/Microsoft.MachineLearningServices/workspaces/fresh?api-version=2024-10-01${query}`;
const as = (method: string, query = '', body?: unknown): Promise<ArmAnswer> =>
  callArmToEnd(emulated(), 'platform-admin', fresh(query), { method, body });
const create = (more: object = {}): Promise<ArmAnswer> =>
  as('PUT', '', { location: 'westeurope', properties: links(emulated()), ...more });

test('the name of a deleted workspace stays taken for 14 days', async () => {
  await create();
  await as('DELETE');
  expect((await as('GET')).status).toBe(404);
  const refused = await create();
  expect(refused).toMatchObject({ status: 400, code: 'BadRequest' });
  expect(refused.body.error.message).toBe(
    'Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete',
  );
  clock.advance(14 * DAY_MS);
  expect((await create()).status).toBe(200);
});

test('purged at once or later, it is free', async () => {
  await create();
  await as('DELETE', '&forceToPurge=true');
  expect((await create()).status).toBe(200);

  await as('DELETE');
  expect((await as('DELETE')).status).toBe(204);
  expect((await create()).code).toBe('BadRequest');
  expect((await as('DELETE', '&forceToPurge=True')).status).toBe(200);
  expect((await create()).status).toBe(200);
});

test('a deleted resource group takes the names of its workspaces along', async () => {
  await create();
  await callArm(emulated(), 'platform-admin', group(), { method: 'DELETE' });
  const again = { method: 'PUT', body: { location: 'westeurope' } };
  await callArm(emulated(), 'platform-admin', group(), again);
  expect((await create({ properties: {} })).code).toBe('BadRequest');
});

test('one with user-assigned identities only goes for good', async () => {
  const { id } = emulated().identity('id-cluster');
  await create({ identity: { type: 'UserAssigned', userAssignedIdentities: { [id]: {} } } });
  await as('DELETE');
  expect((await create()).status).toBe(200);
});
