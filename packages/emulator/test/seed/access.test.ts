import { AmlAuthError } from '@aml-auth/core';
import { parseSeed, startEmulator, type EmulatorSeed } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { accessSeed } from '../support/access-seed.js';

async function refusal(change: Partial<EmulatorSeed>): Promise<string> {
  const emulator = await startEmulator({ seed: { ...accessSeed, ...change } }).catch(
    (error: unknown) => error,
  );
  expect(emulator).toBeInstanceOf(AmlAuthError);
  return (emulator as AmlAuthError).message;
}

const groups = (
  ...managementGroups: NonNullable<EmulatorSeed['managementGroups']>
): Partial<EmulatorSeed> => ({
  managementGroups,
  roleAssignments: [],
});
const denial = (part: object): Partial<EmulatorSeed> => ({
  denyAssignments: [{ name: 'No', scope: '/dev', actions: ['*'], ...part }],
});

describe('what a seed cannot say', () => {
  test.each<[string, Partial<EmulatorSeed>, RegExp]>([
    [
      'a parent that does not exist',
      groups({ name: 'a', parent: 'b' }),
      /group a has a parent b that does not exist/,
    ],
    [
      'management groups in a circle',
      groups({ name: 'a', parent: 'b' }, { name: 'b', parent: 'a' }),
      /lies in itself/,
    ],
    ['one management group twice', groups({ name: 'a' }, { name: 'A' }), /two of management group A/],
    ['an unknown subscription', groups({ name: 'a', subscriptions: ['x'] }), /names the subscription x/],
    [
      'a subscription in two groups',
      groups({ name: 'a', subscriptions: ['dev'] }, { name: 'b', subscriptions: ['dev'] }),
      /dev is in two management groups/,
    ],
    ['a management group of another tenant', groups({ name: 'a', tenant: 'x' }), /must name its tenant/],
    [
      'an unknown management group as scope',
      { roleAssignments: [{ principal: 'app:trainer', role: 'Reader', scope: 'managementGroup:x' }] },
      /no scope managementGroup:x/,
    ],
    ['a deny assignment of nobody', denial({ principals: ['app:x'] }), /no principal app:x/],
    [
      'a deny assignment that spares everyone',
      denial({ excludePrincipals: ['everyone'] }),
      /spares everyone/,
    ],
    [
      'an eligible assignment that ends before it starts',
      {
        roleAssignments: [
          {
            principal: 'app:trainer',
            role: 'Reader',
            scope: '/dev',
            eligible: true,
            starts: '+2d',
            ends: '+1d',
          },
        ],
      },
      /ends before it starts/,
    ],
  ])('%s', async (_, change, message) => {
    expect(await refusal(change)).toMatch(message);
  });

  test.each<[string, object, RegExp]>([
    [
      'a condition that cannot be read',
      { roleAssignments: [{ principal: 'a', role: 'b', scope: '/', condition: 'x' }] },
      /roleAssignments\[0\]\.condition: The condition cannot be read at character 1/,
    ],
    [
      'an end of what is not only eligible',
      { roleAssignments: [{ principal: 'a', role: 'b', scope: '/', ends: '+1d' }] },
      /starts and ends are for an eligible assignment only/,
    ],
    [
      'permissions beside actions',
      { roleDefinitions: [{ name: 'a', actions: ['*'], permissions: [{}], assignableScopes: ['/'] }] },
      /give one of the two/,
    ],
  ])('%s', (_, change, message) => {
    expect(() => parseSeed({ ...accessSeed, ...change })).toThrow(message);
  });
});

test('management groups of two tenants keep apart, even with one name', async () => {
  const [contoso] = accessSeed.tenants;
  const emulator = await startEmulator({
    seed: {
      tenants: [contoso!, { name: 'fabrikam' }],
      subscriptions: [
        { name: 'dev', tenant: 'contoso' },
        { name: 'theirs', tenant: 'fabrikam' },
      ],
      managementGroups: [
        { name: 'top', tenant: 'contoso', subscriptions: ['dev'] },
        { name: 'top', tenant: 'fabrikam', subscriptions: ['theirs'] },
      ],
    },
  });
  const rows = Object.values(emulator.snapshot().tables['managementGroups']!);
  expect(rows).toHaveLength(4);
  await emulator.close();
});
