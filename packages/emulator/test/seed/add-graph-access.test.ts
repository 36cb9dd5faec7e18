import { startEmulator, type SeedApp } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';

import { tokenOf } from '../support/emulated.js';
import { GRAPH_SCOPE } from '../support/graph.js';

const seedWith = (app: Omit<SeedApp, 'name'>): Parameters<typeof startEmulator>[0] => ({
  seed: { tenants: [{ name: 'contoso', apps: [{ name: 'a', secrets: [{ value: 'a' }], ...app }] }] },
});

test('granted permissions become roles of the token', async () => {
  const emulator = await startEmulator(seedWith({ graphPermissions: ['User.Read.All'] }));
  expect(decodeJwt(await tokenOf(emulator, 'a', GRAPH_SCOPE))).toMatchObject({ roles: ['User.Read.All'] });
  await emulator.close();
});

test('a permission that does not exist is named, with those that do', async () => {
  await expect(startEmulator(seedWith({ graphPermissions: ['User.Reed.All'] }))).rejects.toThrow(
    /tenants\[0\]\.apps\[0\]\.graphPermissions\[0\].*User\.Read\.All/,
  );
});

test('an owner that does not exist is named', async () => {
  await expect(startEmulator(seedWith({ owners: ['nobody@contoso'] }))).rejects.toThrow(
    'no principal nobody@contoso',
  );
});

test('an application can own itself', async () => {
  const emulator = await startEmulator(seedWith({ owners: ['app:a'] }));
  const { objectId, applicationId } = emulator.app('a');
  expect(emulator.snapshot().tables['applications']?.[applicationId]).toMatchObject({ ownerIds: [objectId] });
  await emulator.close();
});
