import { demoSeed, parseSeed, seedJsonSchema, startEmulator, type EmulatorSeed } from '@aml-auth/emulator';
import { expect, test } from 'vitest';

const POLICY = { name: 'p', users: ['all'], apps: ['arm'], grant: 'mfa' };

const seedWith = (...conditionalAccess: unknown[]): EmulatorSeed =>
  ({ ...demoSeed, tenants: [{ ...demoSeed.tenants[0], conditionalAccess }] }) as EmulatorSeed;

test.each<[string, Record<string, unknown>]>([
  ['a user who is not there', { users: ['nobody@contoso'] }],
  ['a group who is not there', { exclude: ['group:nobody'] }],
  ['a resource that is not there', { apps: ['app:nothing'] }],
  ['people and applications in one', { users: ['all', 'app:trainer'] }],
])('it refuses %s', async (_, change) => {
  await expect(startEmulator({ seed: seedWith({ ...POLICY, ...change }) })).rejects.toMatchObject({
    code: 'AML_CONFIG_INVALID',
  });
});

test('it refuses two policies of one name, and what Microsoft Graph would refuse', async () => {
  await expect(startEmulator({ seed: seedWith(POLICY, POLICY) })).rejects.toThrow(/two of .*policy p/);
  const graph = { displayName: 'g', state: 'enabled', conditions: {}, grantControls: { operator: 'OR' } };
  await expect(startEmulator({ seed: seedWith(graph) })).rejects.toThrow(/would not take .*policy g/);
});

test('it says which policy has neither form', () => {
  expect(() => parseSeed(seedWith(POLICY, { ...POLICY, grant: 'magic' }))).toThrow(
    /tenants\[0\]\.conditionalAccess\[1\]: neither/,
  );
});

test('the JSON Schema has both forms', () => {
  const schema = JSON.stringify(seedJsonSchema());
  expect(schema).toContain('"conditionalAccess"');
  expect(schema).toContain('"report-only"');
  expect(schema).toContain('"enabledForReportingButNotEnforced"');
});
