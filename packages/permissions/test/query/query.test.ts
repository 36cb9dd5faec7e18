import {
  azureMlOperations,
  builtInRoles,
  can,
  compare,
  decide,
  whatCan,
  whoCan,
} from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  assign,
  deny,
  entry,
  readWorkspace,
  role,
  snapshot,
  workspace,
  writeJob,
} from '../fixtures/snapshot.js';

const builtIn = (roleName: string) => builtInRoles.find((known) => known.roleName === roleName)!;
const reader = builtIn('Reader');
const scientist = builtIn('AzureML Data Scientist');
const subject = { principalId: 'user', scope: workspace };

describe('can', () => {
  it('is a yes for what is allowed and a no for what is not known', () => {
    const open = assign(reader, { condition: "@Resource[tags:stage] StringEquals 'dev'" });
    expect(can(snapshot([reader], [assign(reader)]), { ...subject, action: readWorkspace })).toBe(true);
    expect(can(snapshot([reader], [open]), { ...subject, action: readWorkspace })).toBe(false);
  });
});

describe('whatCan', () => {
  it('sorts the published operations by verdict', () => {
    const state = snapshot(builtInRoles, [assign(reader)], { eligibleAssignments: [assign(scientist)] });
    const { allowed, notAllowed, denied, unknown, eligible } = whatCan(state, subject);
    expect([allowed, notAllowed, denied, unknown].map(({ length }) => length)).toEqual([103, 186, 0, 0]);
    expect(allowed.length + notAllowed.length).toBe(azureMlOperations.length);
    expect(eligible.map(({ request }) => request.action)).toContain(writeJob);
    expect(eligible.map(({ request }) => request.action)).not.toContain(readWorkspace);
  });

  it('keeps the planes apart', () => {
    const blobs = role('Blobs', { dataActions: ['B/read'] });
    const found = whatCan(snapshot([blobs], [assign(blobs)]), {
      ...subject,
      actions: ['B/read'],
      dataActions: ['B/read', 'B/write'],
    });
    expect(found.allowed.map(({ request }) => request)).toMatchObject([
      { action: 'B/read', isDataAction: true },
    ]);
    expect(found.notAllowed).toHaveLength(2);
  });
});

describe('whatCan, of what is not allowed for sure', () => {
  it('tells what is denied from what is not known, and does not call either eligible', () => {
    const reads = role('Reads', { actions: ['P/read', 'P/write'] });
    const open = assign(reads, { condition: "@Resource[x] StringEquals 'y'" });
    const frozen = deny({ permissions: [entry({ actions: ['P/write'] })] });
    const state = snapshot([reads], [open], {
      denyAssignments: [frozen],
      eligibleAssignments: [assign(reads)],
    });
    const { denied, unknown, eligible } = whatCan(state, { ...subject, actions: ['P/read', 'P/write'] });
    const names = (list: typeof denied) => list.map(({ request }) => request.action);
    expect([denied, unknown, eligible].map(names)).toEqual([['P/write'], ['P/read'], ['P/read']]);
    const doubtful = snapshot([reads], [], {
      denyAssignments: [{ ...frozen, condition: "@Resource[x] StringEquals 'y'" }],
      eligibleAssignments: [assign(reads)],
    });
    expect(whatCan(doubtful, { ...subject, actions: ['P/write'] }).eligible).toEqual([]);
  });
});

describe('compare, over both planes', () => {
  it('keeps operations of the same name apart, in any case', () => {
    const control = role('Control', { actions: ['B/read'] });
    const data = role('Data', { dataActions: ['B/read'] });
    const state = snapshot(
      [control, data],
      [assign(control), assign(data, { principalId: 'other' }), assign(control, { principalId: 'third' })],
    );
    const side = (principalId: string) => ({ snapshot: state, ...subject, principalId });
    const options = { actions: ['B/read'], dataActions: ['B/read'] };
    const found = compare(side('user'), side('other'), options);
    expect(found.both).toEqual([]);
    expect(found.onlyFirst.map(({ request }) => request.isDataAction === true)).toEqual([false]);
    expect(found.onlySecond.map(({ request }) => request.isDataAction === true)).toEqual([true]);
    expect(compare(side('user'), side('third'), options).both).toEqual(['B/read']);
  });
});

describe('compare', () => {
  it('tells what one principal may do and the other may not', () => {
    const state = snapshot(builtInRoles, [assign(reader), assign(scientist, { principalId: 'other' })]);
    const sides = [
      { snapshot: state, ...subject },
      { snapshot: state, ...subject, principalId: 'other' },
    ] as const;
    const { both, onlyFirst, onlySecond } = compare(...sides);
    expect(both).toContain(readWorkspace);
    expect(onlyFirst.map(({ request }) => request.action)).toContain(
      'Microsoft.MachineLearningServices/registries/read',
    );
    expect(onlySecond.map(({ request }) => request.action)).toContain(writeJob);
    expect(both.length + onlyFirst.length).toBe(103);
    expect(both.length + onlySecond.length).toBe(244);
  });
});

const principals = ['u', 'v', 'g', 'h'];
const patterns = ['P/read', '*', '*/read', 'P/write'];
const roles = [
  ...patterns.map((pattern) => role(pattern, { actions: [pattern] })),
  role('R', { actions: ['*'], notActions: ['P/read'] }),
];
const assignments = fc.array(
  fc
    .tuple(
      fc.constantFrom(...roles, role('missing')),
      fc.constantFrom(...principals),
      fc.constantFrom('/', '/a', '/a/b', '/ab'),
      fc.option(fc.constantFrom('true BoolEquals true', 'Resource[x] BoolEquals true'), { nil: undefined }),
    )
    .map(([of, principalId, scope, condition]) => assign(of, { principalId, scope, condition })),
  { maxLength: 4 },
);
const states = fc.record({
  roleDefinitions: fc.constant(roles),
  roleAssignments: assignments,
  eligibleAssignments: assignments,
  classicAdministrators: fc.array(
    fc.record({
      principalId: fc.constantFrom(...principals),
      scope: fc.constantFrom('/a', '/ab'),
      role: fc.constantFrom('CoAdministrator', 'AccountAdministrator'),
    }),
    { maxLength: 1 },
  ),
  denyAssignments: fc.array(
    fc.constantFrom(...principals).map((id) => deny({ principals: [{ id }], scope: '/a' })),
    { maxLength: 1 },
  ),
  memberOf: fc.dictionary(
    fc.constantFrom(...principals),
    fc.array(fc.constantFrom(...principals), { maxLength: 2 }),
  ),
});

describe('whoCan', () => {
  it('finds whom asking for everybody finds', () => {
    let found = 0;
    fc.assert(
      fc.property(states, fc.constantFrom('P/read', 'P/write'), (state, action) => {
        const question = { action, scope: '/a/b' };
        const ids = (decisions: readonly { readonly request: { readonly principalId: string } }[]) =>
          decisions.map(({ request }) => request.principalId).toSorted();
        const { allowed, unknown, eligible } = whoCan(state, question);
        const all = principals.map((principalId) => decide(state, { ...question, principalId }));
        expect(ids(allowed)).toEqual(ids(all.filter(({ verdict }) => verdict === 'allowed')));
        expect(ids(unknown)).toEqual(ids(all.filter(({ verdict }) => verdict === 'unknown')));
        expect(ids(eligible)).toEqual(
          ids(
            all.filter(({ verdict, eligible: later }) => {
              return verdict !== 'allowed' && later.some(({ residual }) => residual === undefined);
            }),
          ),
        );
        found += allowed.length + eligible.length;
      }),
      { numRuns: 2000 },
    );
    expect(found).toBeGreaterThan(500);
  });

  it('knows data operations, conditions of entries, and roles whose definition is missing', () => {
    const blobs = role('Blobs', { dataActions: ['B/read'] });
    const some = role('Some', { actions: ['P/read'], condition: "@Resource[x] StringEquals 'y'" });
    const state = snapshot(
      [blobs, some],
      [
        assign(blobs, { principalId: 'Blobs' }),
        assign(some, { principalId: 'some' }),
        assign(role('Missing'), { principalId: 'missing' }),
      ],
      { memberOf: { member: ['BLOBS'] } },
    );
    const ask = (action: string, isDataAction: boolean) => {
      const { allowed, unknown } = whoCan(state, { action, scope: workspace, isDataAction });
      return [allowed, unknown].map((list) => list.map(({ request }) => request.principalId));
    };
    expect(ask('B/read', true)).toEqual([['blobs', 'member'], ['missing']]);
    expect(ask('B/read', false)).toEqual([[], ['missing']]);
    expect(ask('P/read', false)).toEqual([[], ['some', 'missing']]);
  });

  it('does not list as eligible who is allowed already', () => {
    const state = snapshot([reader], [assign(reader)], { eligibleAssignments: [assign(reader)] });
    expect(whoCan(state, { action: readWorkspace, scope: workspace }).eligible).toEqual([]);
  });

  it('does not take the attributes of one principal for those of all', () => {
    const condition = "@Principal[team] StringEquals 'ml'";
    const state = snapshot([reader], [assign(reader, { condition })]);
    const attributes = { principal: { team: 'ml' } };
    const found = whoCan(state, { action: readWorkspace, scope: workspace, attributes });
    expect(found.allowed).toEqual([]);
    expect(found.unknown).toHaveLength(1);
  });
});

describe('decide: activation', () => {
  it('allows what an eligible assignment promises once it is active, and changes no verdict before', () => {
    fc.assert(
      fc.property(states, fc.constantFrom('P/read', 'P/write'), (state, action) => {
        const request = { principalId: 'u', action, scope: '/a/b' };
        const decision = decide(state, request);
        expect(decision.verdict).toBe(decide({ ...state, eligibleAssignments: [] }, request).verdict);
        for (const { assignment, residual } of decision.eligible) {
          const active = { ...state, roleAssignments: [...state.roleAssignments, assignment] };
          expect(decide(active, request).verdict).toBe(residual === undefined ? 'allowed' : 'unknown');
        }
      }),
      { numRuns: 1000 },
    );
  });
});
