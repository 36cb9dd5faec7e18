import { readFile } from 'node:fs/promises';

import { AmlAuthError } from '@aml-auth/core';
import { demoSeed, parseSeed, seedJsonSchema, startEmulator, type EmulatorSeed } from '@aml-auth/emulator';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const YAML = `
version: 1
tenants:
- name: contoso
  users: [{ upn: alice@contoso }]
  groups: [{ name: data-science, members: [alice@contoso, "app:trainer"] }]
  apps: [{ name: trainer, secrets: [{ value: dev-secret, expires: +90d }] }]
subscriptions:
- name: dev
  tenant: contoso
  resourceGroups:
  - name: rg-ml
    location: westeurope
    workspaces: [{ name: ws1, identity: system }]
roleAssignments:
- { principal: app:trainer, role: AzureML Data Scientist, scope: /dev/rg-ml/ws1 }
- { principal: group:data-science, role: Reader, scope: /dev/rg-ml }
`;

const message = (input: unknown): string => {
  try {
    parseSeed(input);
  } catch (error) {
    expect(error).toBeInstanceOf(AmlAuthError);
    expect((error as AmlAuthError).code).toBe('AML_CONFIG_INVALID');
    return (error as AmlAuthError).message;
  }
  return '';
};

/** The message of a seed whose form is right and whose content is not. */
async function refusal(change: Partial<EmulatorSeed>): Promise<string> {
  const emulator = await startEmulator({ seed: { ...demoSeed, ...change } }).catch((error: unknown) => error);
  expect(emulator).toBeInstanceOf(AmlAuthError);
  return (emulator as AmlAuthError).message;
}

describe('the form', () => {
  test('YAML, JSON and objects say the same', () => {
    const seed = parseSeed(YAML);
    expect(parseSeed(JSON.stringify(seed))).toEqual(seed);
    expect(parseSeed(seed)).toEqual(seed);
  });

  test.each<[unknown, string]>([
    [{ tenants: [{ name: 'a', aps: [] }] }, 'tenants[0].aps: there is no such setting.'],
    [{ tenants: [{ name: 'a' }], tenant: 1 }, 'tenant: there is no such setting.'],
    [
      { tenants: [{ name: 'a', apps: [{ name: 'b', secrets: [{ value: 'x', expires: 'soon' }] }] }] },
      'tenants[0].apps[0].secrets[0].expires: neither a span such as +90d nor an ISO 8601 time.',
    ],
    [{ tenants: [{ name: 'a', id: 'x' }] }, 'tenants[0].id: not a GUID.'],
    [{ tenants: [{ name: 'a/b' }] }, 'tenants[0].name: a tenant name has letters, digits and dashes only.'],
    [{ tenants: [] }, 'tenants: '],
    [42, 'The seed: '],
    ['a: [', 'It is neither YAML nor JSON: '],
    ['a: &x [*x]\nb: *x', 'It uses YAML aliases'],
  ])('%j is refused by its place', (input, expected) => {
    expect(message(input)).toContain(`The seed of the emulator is not valid. ${expected}`);
  });

  test('a secret does not get into a message', () => {
    const seed = {
      tenants: [{ name: 'a', apps: [{ name: 'b', secrets: [{ value: 'hunter2', expires: 1 }] }] }],
    };
    expect(message(seed)).not.toContain('hunter2');
  });

  test('any text is read or refused as a seed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parseSeed(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AmlAuthError);
        }
      }),
    );
  });

  test('its JSON Schema is there for editors', () => {
    expect(seedJsonSchema()).toMatchObject({
      type: 'object',
      required: ['tenants'],
      additionalProperties: false,
    });
  });

  test.each(['../../README.md', '../../../../docs/emulator-seed.md'])(
    'the example of %s is one',
    async (document) => {
      const text = await readFile(new URL(document, import.meta.url), 'utf8');
      const [, example] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
      expect(example).toBeDefined();
      await (await startEmulator({ seed: example! })).close();
    },
  );
});

describe('the content', () => {
  test.each<[string, Partial<EmulatorSeed>, string]>([
    [
      'a principal',
      { roleAssignments: [{ principal: 'app:x', role: 'Reader', scope: '/dev' }] },
      'no principal app:x',
    ],
    [
      'a role',
      { roleAssignments: [{ principal: 'app:trainer', role: 'King', scope: '/dev' }] },
      'no role King',
    ],
    [
      'a scope',
      { roleAssignments: [{ principal: 'app:trainer', role: 'Reader', scope: '/dev/x' }] },
      'no scope /dev/x',
    ],
    [
      'a workspace',
      { roleAssignments: [{ principal: 'app:trainer', role: 'Reader', scope: '/dev/rg-ml/x' }] },
      'no scope /dev/rg-ml/x',
    ],
    ['a tenant', { subscriptions: [{ name: 'dev', tenant: 'x' }] }, 'names tenant x, which does not exist'],
    [
      'one tenant of two',
      { tenants: [...demoSeed.tenants, { name: 'b' }], subscriptions: [{ name: 'dev' }] },
      'must name its tenant',
    ],
    [
      'a member',
      { hosts: [], tenants: [{ name: 'contoso', groups: [{ name: 'g', members: ['x@contoso'] }] }] },
      'no principal x@contoso',
    ],
    ['two tenants', { tenants: [...demoSeed.tenants, ...demoSeed.tenants] }, 'two of tenant contoso'],
    [
      'two applications',
      { tenants: [{ name: 'contoso', apps: [{ name: 'a' }, { name: 'a' }] }] },
      'two of app a',
    ],
    [
      'two assignments',
      { roleAssignments: [...demoSeed.roleAssignments!, demoSeed.roleAssignments![0]!] },
      'two of the assignment of AzureML Data Scientist',
    ],
  ])('%s that cannot be is named', async (_, change, expected) => {
    expect(await refusal(change)).toContain(expected);
  });

  test('ids can be given, and roles named by GUID', async () => {
    const id = (last: number): string => `00000000-0000-4000-8000-00000000000${last}`;
    const emulator = await startEmulator({
      seed: {
        tenants: [
          {
            name: 'contoso',
            id: id(1),
            domains: ['contoso.com'],
            users: [{ upn: 'alice@contoso.com', id: id(2) }],
            groups: [{ name: 'g', id: id(3), members: [id(5)] }],
            apps: [{ name: 'a', clientId: id(4), servicePrincipalId: id(5), objectId: id(6) }],
          },
        ],
        subscriptions: [{ name: 'dev', id: id(7) }],
        roleAssignments: [
          {
            principal: id(2),
            role: 'ACDD72A7-3385-48EF-BD42-F606FBA81AE7',
            scope: `/subscriptions/${id(7)}`,
          },
        ],
      },
    });
    expect(emulator.tenant().id).toBe(id(1));
    expect(emulator.user('alice@contoso.com').id).toBe(id(2));
    expect(emulator.group('g').id).toBe(id(3));
    expect(emulator.app('a')).toEqual({
      tenantId: id(1),
      clientId: id(4),
      objectId: id(5),
      applicationId: id(6),
      secret: undefined,
    });
    expect(emulator.subscription().id).toBe(id(7));
    expect(emulator.env()).not.toHaveProperty('AZUREML_ARM_WORKSPACE_NAME');
    await emulator.close();
  });
});
