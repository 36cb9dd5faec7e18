import { lintRoleJson, readRoleJson } from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { entry } from '../fixtures/snapshot.js';

const scope = '/subscriptions/s1';
const wanted = {
  roleName: 'Reads',
  roleType: 'CustomRole',
  description: 'It reads.',
  permissions: [entry({ actions: ['P/read'], notActions: ['P/a/read'] })],
  assignableScopes: [scope],
};
const lists = { actions: ['P/read'], notActions: ['P/a/read'] };

describe('readRoleJson', () => {
  it.each([
    [
      'Azure PowerShell',
      {
        Name: 'Reads',
        Description: 'It reads.',
        IsCustom: true,
        Actions: ['P/read'],
        NotActions: ['P/a/read'],
        AssignableScopes: [scope],
      },
    ],
    [
      'the Azure CLI, as input',
      { name: 'Reads', description: 'It reads.', ...lists, assignableScopes: [scope] },
    ],
    [
      'the Azure CLI, as output',
      {
        name: 'f6c7c914-8db3-469d-8ca1-694a8f32e121',
        roleName: 'Reads',
        description: 'It reads.',
        permissions: [{ ...lists, dataActions: null, condition: null }],
        assignableScopes: [scope],
      },
    ],
    [
      'Azure Resource Manager',
      {
        name: 'f6c7c914-8db3-469d-8ca1-694a8f32e121',
        properties: {
          roleName: 'Reads',
          description: 'It reads.',
          permissions: [lists],
          assignableScopes: [scope],
        },
      },
    ],
  ])('reads the form of %s', (_, json) => {
    expect(readRoleJson(JSON.stringify(json))).toEqual({ role: wanted, problems: [] });
  });

  it('keeps data actions and conditions of each entry', () => {
    const permissions = [
      entry({ dataActions: ['D/read'], notDataActions: ['D/a/read'] }),
      entry({ actions: ['P/write'], condition: 'true BoolEquals true', conditionVersion: '2.0' }),
    ];
    const { role } = readRoleJson(JSON.stringify({ roleName: 'R', permissions }));
    expect(role).toEqual({ roleName: 'R', roleType: 'CustomRole', permissions, assignableScopes: [] });
  });

  it('takes null for nothing, and leaves out what is no text', () => {
    const json =
      '{"name": "R", "description": 3, "permissions": null, "conditionVersion": 2, "condition": 1}';
    expect(readRoleJson(json)).toEqual({
      role: { roleName: 'R', roleType: 'CustomRole', permissions: [entry({})], assignableScopes: [] },
      problems: [],
    });
    expect(readRoleJson('{}').role?.roleName).toBe('');
    expect(readRoleJson('{"name": "R", "permissions": 3}').role?.permissions).toEqual([]);
    expect(readRoleJson('{"name": "R", "actions": 3}').role?.permissions).toEqual([entry({})]);
    expect(readRoleJson('{ "a": ]').jsonProblem).toMatch(/^\S+ \S+/);
  });

  it('reads over commas before closing brackets, but not over those in texts', () => {
    const read = readRoleJson('{"name": "a,]\\",}", "actions": ["P/read", \n],}');
    expect(read.jsonProblem).toMatch(/JSON/);
    expect(read.jsonProblem).not.toContain('\n');
    expect(read.role).toMatchObject({ roleName: 'a,]",}', permissions: [{ actions: ['P/read'] }] });
  });

  it.each([
    ['[]', ['It is no JSON object.']],
    ['3', ['It is no JSON object.']],
    ['null', ['It is no JSON object.']],
    ['{}', ['It has no name.']],
    ['{"name": ""}', ['It has no name.']],
    ['{"name": 3}', ['It has no name.']],
    ['{"name": "R", "actions": "P/read"}', ['"actions" is no list.']],
    ['{"name": "R", "actions": ["P/read", 3]}', ['"actions" has something that is no text.']],
    ['{"name": "R", "permissions": {}}', ['"permissions" is no list.']],
    ['{"name": "R", "permissions": [3]}', ['An entry of "permissions" is no JSON object.']],
    ['{"name": "R", "assignableScopes": {}}', ['"assignableScopes" is no list.']],
  ])('says what keeps %s from being a role', (text, problems) => {
    expect(readRoleJson(text).problems).toEqual(problems);
    expect(lintRoleJson(text).filter(({ code }) => code === 'invalid-role')).toHaveLength(1);
  });

  it('never throws', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((one) => `{"permissions":${one}}`),
    );
    fc.assert(
      fc.property(text, (one) => {
        expect(lintRoleJson(one)).toBeInstanceOf(Array);
      }),
    );
  });
});

describe('lintRoleJson', () => {
  it('has nothing to say about a plain role', () => {
    expect(
      lintRoleJson(JSON.stringify({ ...wanted, permissions: [entry({ actions: ['P/read'] })] })),
    ).toEqual([]);
  });

  it('says where a text is no JSON, and no more', () => {
    expect(lintRoleJson('{')).toMatchObject([{ code: 'invalid-json', severity: 'error', subject: '' }]);
    expect(lintRoleJson('{')[0]!.message).toMatch(/^The text is no JSON: .+\.$/);
  });

  it('names the role in its findings', () => {
    expect(lintRoleJson('{"name": "R", "actions": ["P/read"],}')).toMatchObject([
      { code: 'invalid-json', subject: 'R' },
      { code: 'no-scope', subject: 'R' },
    ]);
  });
});
