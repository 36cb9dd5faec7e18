import { AmlAuthError } from '@aml-auth/core';
import { scopeCovers } from '@aml-auth/permissions';
import { parseAccessReceipt } from '@aml-auth/rbac';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { chooseIdentity, parseIdentityBlock } from '../src/identities/identity-block.js';
import { diagnosePrincipal, type DirectoryAnswer } from '../src/role-assignments/diagnose-principal.js';
import { placementOf } from '../src/role-assignments/placement.js';
import { isSameCondition } from '../src/role-assignments/role-condition.js';
import { differences } from '../src/role-definitions/same-role.js';
import { dependentWishes, type Dependent } from '../src/sharing/dependent-roles.js';

const types = fc.constantFrom('User' as const, 'Group' as const, 'ServicePrincipal' as const);
const absent = new AmlAuthError({ code: 'AML_NOT_FOUND', message: 'There is none.' });

describe('diagnosePrincipal', () => {
  const principal = fc.record({ objectId: fc.uuid(), type: types, appId: fc.uuid() });
  const answers = fc.oneof(
    principal.map((found): DirectoryAnswer => ({ kind: 'found', principal: found })),
    fc.constant<DirectoryAnswer>({ kind: 'absent', error: absent }),
    fc.constant<DirectoryAnswer>({ kind: 'unknown' }),
  );
  /** Half of the ids are those that the answer knows: only they can be told apart. */
  const cases = fc
    .record({ answer: answers, other: fc.uuid(), pick: fc.nat(2), principalType: types, isNew: fc.boolean() })
    .map(({ answer, other, pick, ...rest }) => {
      const known = answer.kind === 'found' ? [answer.principal.objectId, answer.principal.appId!] : [];
      return { ...rest, answer, principalId: known[pick] ?? other };
    });

  it('waits for the very principal of that type, for a new one that nobody knows, and for nothing else', () => {
    fc.assert(
      fc.property(cases, (missing) => {
        const { answer, principalId, principalType, isNew } = missing;
        const isIt =
          answer.kind === 'found' &&
          answer.principal.objectId === principalId &&
          answer.principal.type === principalType;
        const isWaitedFor = isIt || (answer.kind !== 'found' && isNew);
        expect(diagnosePrincipal(missing) === undefined).toBe(isWaitedFor);
      }),
    );
  });

  it('names what to give instead wherever it is known', () => {
    fc.assert(
      fc.property(cases, (missing) => {
        const fault = diagnosePrincipal(missing);
        if (fault === undefined || missing.answer.kind !== 'found') return;
        const { objectId, type } = missing.answer.principal;
        const right = objectId === missing.principalId ? `principalType ${type}` : `principalId ${objectId}`;
        expect(fault).toMatchObject({ code: 'AML_CONFIG_INVALID', remedy: `Give ${right}.` });
      }),
    );
  });
});

describe('chooseIdentity', () => {
  const blocks = fc.record({
    system: fc.option(fc.uuid(), { nil: undefined }),
    userAssigned: fc
      .array(fc.tuple(fc.string({ minLength: 7 }), fc.uuid()), { maxLength: 3 })
      .map((all) => new Map(all)),
  });

  it('gives an identity that the resource has, or none, and never guesses between several', () => {
    fc.assert(
      fc.property(blocks, fc.nat(4), (block, pick) => {
        const wanted = [undefined, 'system', ...block.userAssigned.keys()][pick];
        const has = [block.system, ...block.userAssigned.values()];
        const isOpen = wanted === undefined && block.system === undefined && block.userAssigned.size > 1;
        if (isOpen) {
          expect(() => chooseIdentity(block, wanted)).toThrow(
            expect.objectContaining({ code: 'AML_AMBIGUOUS' }),
          );
          return;
        }
        const chosen = chooseIdentity(block, wanted);
        if (chosen.kind === 'on') expect(has).toContain(chosen.principalId);
        else expect(block.system).toBeUndefined();
      }),
    );
  });

  it('reads a block of Azure, and nothing where there is none', () => {
    const user = { principalId: 'p1', clientId: 'c1' };
    const identity = { type: 'UserAssigned', userAssignedIdentities: { '/a': user, '/b': null } };
    expect(parseIdentityBlock({ identity, properties: { identity: 7 } })).toEqual({
      system: undefined,
      userAssigned: new Map([['/a', 'p1']]),
      userAssignedIds: ['/a', '/b'],
    });
    for (const input of [{}, { identity: null }, { identity: { type: 'None' } }]) {
      expect(parseIdentityBlock(input)).toEqual({
        system: undefined,
        userAssigned: new Map(),
        userAssignedIds: [],
      });
    }
    expect(() => parseIdentityBlock({ identity: 'SystemAssigned' })).toThrow(
      expect.objectContaining({ code: 'AML_RESPONSE_INVALID' }),
    );
  });
});

describe('dependentWishes', () => {
  const names = ['storage', 'keyVault', 'registry', 'insights'] as const satisfies readonly Dependent[];
  const properties = {
    storageAccount: '/st',
    keyVault: '/kv',
    containerRegistry: '/cr',
    applicationInsights: '/ai',
  };
  const scopes: Readonly<Record<Dependent, string>> = {
    storage: '/st',
    keyVault: '/kv',
    registry: '/cr',
    insights: '/ai',
  };

  it('shares those that are named and no others', () => {
    fc.assert(
      fc.property(
        fc.subarray([...names]),
        fc.constantFrom('read' as const, 'write' as const),
        (some, level) => {
          const { wishes } = dependentWishes(
            properties,
            Object.fromEntries(some.map((name) => [name, level])),
          );
          expect([...new Set(wishes.map(({ scope }) => scope))].sort()).toEqual(
            some.map((name) => scopes[name]).sort(),
          );
        },
      ),
    );
  });

  it.each(['read', 'write'] as const)('shares for %s whatever is there', (level) => {
    const { wishes, lacking } = dependentWishes({ ...properties, containerRegistry: undefined }, level);
    expect([...new Set(wishes.map(({ scope }) => scope))]).toEqual(['/st', '/kv', '/ai']);
    expect(lacking).toEqual(['registry']);
  });

  it('refuses names that are none, those of every object too', () => {
    for (const name of ['disk', 'constructor', '__proto__']) {
      const access = JSON.parse(`{ ${JSON.stringify(name)}: "read" }`) as object;
      expect(() => dependentWishes(properties, access)).toThrow(
        expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
      );
    }
  });
});

describe('isSameCondition', () => {
  const a = "@Resource[Microsoft.X:y] StringEquals 'z'";

  it.each<[string | undefined, string | undefined, boolean]>([
    [undefined, '', true],
    [undefined, a, false],
    [a, `( ${a} )`, true],
    [a, a.replace('StringEquals', 'stringequals'), true],
    [a, a.replace('z', 'Z'), false],
    ['not readable', 'not readable ', true],
    ['not readable', 'not  readable', false],
    ['not readable', a, false],
  ])('%j and %j: %j', (one, other, expected) => {
    expect([isSameCondition(one, other), isSameCondition(other, one)]).toEqual([expected, expected]);
  });
});

describe('differences', () => {
  const entry = { actions: ['*/read', 'a/b/write'], notActions: [], dataActions: [], notDataActions: [] };
  const role = {
    id: 'r',
    roleType: 'CustomRole' as const,
    roleName: 'R',
    description: 'd',
    permissions: [entry, { ...entry, actions: ['*'], condition: 'c' }],
    assignableScopes: ['/subscriptions/s1', '/subscriptions/s2'],
  };

  it('does not see order, case and repetitions', () => {
    const same = {
      ...role,
      permissions: [
        { ...entry, actions: ['*'], condition: ' c ', conditionVersion: '2.0' },
        { ...entry, actions: ['A/B/write', '*/read', '*/read'] },
      ],
      assignableScopes: ['/subscriptions/S2/', '/subscriptions/s1'],
    };
    expect(differences(role, same)).toEqual([]);
  });

  it('sees every part that grants more or less, an entry that was merged into another among them', () => {
    const change = (part: Partial<typeof role>) => differences(role, { ...role, ...part });
    expect(change({ roleName: 'r' })).toEqual(['roleName']);
    expect(change({ description: '' })).toEqual(['description']);
    expect(change({ assignableScopes: ['/subscriptions/s1'] })).toEqual(['assignableScopes']);
    expect(change({ permissions: [{ ...entry, actions: ['*', ...entry.actions], condition: 'c' }] })).toEqual(
      ['permissions'],
    );
    expect(
      change({ permissions: [role.permissions[0]!, { ...entry, actions: ['*'], condition: 'C' }] }),
    ).toEqual(['permissions']);
  });
});

describe('placementOf', () => {
  const scopes = fc.constantFrom(
    '/',
    '/subscriptions/s1',
    '/subscriptions/s1/resourceGroups/rg1',
    '/subscriptions/s1/resourceGroups/rg10',
    '/subscriptions/s1/resourceGroups/RG1/',
    '/subscriptions/s1/resourceGroups/rg1/providers/a.b/c/d',
  );

  it('knows what can be below a management group', () => {
    const group = '/providers/Microsoft.Management/managementGroups/mg1';
    const seen = ['/', group, `${group}2`, '/subscriptions/s1', '/subscriptions/s1/resourceGroups/rg1'];
    expect(seen.map((listed) => placementOf(listed, group))).toEqual([
      'above',
      'at',
      'above',
      'below',
      'below',
    ]);
  });

  it('says below exactly where the scope covers it and it does not cover the scope', () => {
    fc.assert(
      fc.property(scopes, scopes, (listed, scope) => {
        const covers = [scopeCovers(scope, listed), scopeCovers(listed, scope)].join();
        const expected = { 'true,true': 'at', 'true,false': 'below' }[covers] ?? 'above';
        expect(placementOf(listed, scope)).toBe(expected);
      }),
    );
  });
});

describe('parseAccessReceipt', () => {
  const text = fc.string({ minLength: 1 });
  const receipts = fc.record({
    version: fc.constant(1 as const),
    principal: fc.record({
      objectId: fc.uuid(),
      type: fc.constantFrom('User' as const, 'Group' as const, 'ServicePrincipal' as const),
    }),
    grants: fc.array(
      fc.record({
        id: text,
        scope: text,
        roleDefinitionId: fc.uuid(),
        roleName: text,
        outcome: fc.constantFrom('planned' as const, 'created' as const, 'existing' as const),
      }),
    ),
    warnings: fc.array(text),
  });

  it('reads every receipt back that went through JSON', () => {
    fc.assert(
      fc.property(receipts, (receipt) => {
        expect(parseAccessReceipt(JSON.parse(JSON.stringify(receipt)))).toEqual(receipt);
      }),
    );
  });

  it('throws one error only, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(() => parseAccessReceipt(input)).toThrow(
          expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
        );
      }),
    );
  });
});
