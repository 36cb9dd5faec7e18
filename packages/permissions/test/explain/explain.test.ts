import { builtInRoles, decide, explain, proofTree, type AccessSnapshot } from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

import {
  assign,
  deny,
  entry,
  readWorkspace,
  resourceGroup,
  role,
  snapshot,
  workspace,
} from '../fixtures/snapshot.js';

const reader = role('Reads', { actions: ['*/read'] });
const scientist = builtInRoles.find(({ roleName }) => roleName === 'AzureML Data Scientist')!;
const ask = (state: AccessSnapshot, action = readWorkspace, isDataAction = false) =>
  explain(decide(state, { principalId: 'user', action, scope: workspace, isDataAction }));

describe('explain', () => {
  it('names role, scope, group and pattern of what grants it', () => {
    const state = snapshot([reader], [assign(reader, { scope: resourceGroup, principalId: 'all' })], {
      memberOf: { user: ['team'], team: ['all'] },
    });
    expect(ask(state)).toEqual([
      `Allowed: operation ${readWorkspace} at ${workspace} for principal user.`,
      `The role "Reads", assigned at ${resourceGroup} through group team > all, grants it (*/read).`,
    ]);
  });

  it('says where an answer rests on the zero-segment rule', () => {
    expect(ask(snapshot([scientist], [assign(scientist)]))[1]).toMatch(
      /grants it \(Microsoft\.MachineLearningServices\/workspaces\/\*\/read\)\. This rests on "\*" between two slashes/,
    );
  });

  it('names the notAction, and that it rests on the zero-segment rule', () => {
    const action = 'Microsoft.MachineLearningServices/workspaces/computes/write';
    const [answer, reason] = ask(snapshot([scientist], [assign(scientist)]), action);
    expect(answer).toMatch(/^Not allowed: /);
    expect(reason).toMatch(
      /but its notActions take it away \(Microsoft\.MachineLearningServices\/workspaces\/computes\/\*\/write\); another role may still grant it\. This rests on/,
    );
  });

  it('names the list of data operations that takes one away', () => {
    const blobs = role('Blobs', { dataActions: ['*'], notDataActions: ['*/read'] });
    expect(ask(snapshot([blobs], [assign(blobs)]), readWorkspace, true)[1]).toContain(
      'but its notDataActions take it away (*/read)',
    );
  });

  it('says that no assignment reaches the scope', () => {
    expect(ask(snapshot([reader], []))[1]).toBe(
      'No role assignment of the principal or its groups reaches this scope.',
    );
  });

  it('tells control plane from data plane', () => {
    expect(ask(snapshot([reader], [assign(reader)]), readWorkspace, true)).toEqual([
      `Not allowed: data operation ${readWorkspace} at ${workspace} for principal user.`,
      `The role "Reads", assigned at ${workspace}, does not include it. It has no dataActions, and actions never cover data operations.`,
    ]);
  });

  it.each([
    [
      'a condition',
      [reader],
      { condition: 'x' },
      'would grant it (*/read) under a condition, which what is known does not settle.',
    ],
    ['a missing definition', [], {}, 'may grant it: the definition of the role is not in the snapshot.'],
  ])('names %s as what is not known', (_what, roles, part, expected) => {
    const [answer, reason] = ask(snapshot(roles, [assign(reader, part)]));
    expect(answer).toMatch(/^Not known: /);
    expect(reason).toContain(expected);
  });

  it('says what is left of a condition, or that it is not fulfilled', () => {
    const reason = (condition: string) => ask(snapshot([reader], [assign(reader, { condition })]))[1];
    expect(reason("(ActionMatches{'*'}) AND (Exists @Request[a:b])")).toContain(
      'It hangs on: Exists @Request[a:b]',
    );
    expect(reason('x')).toContain('The condition cannot be read.');
    expect(reason("!(ActionMatches{'*'})")).toContain(
      'would grant it (*/read), but its condition is not fulfilled.',
    );
  });

  it('names the deny assignment and what it takes away', () => {
    expect(ask(snapshot([reader], [assign(reader)], { denyAssignments: [deny()] }))).toEqual([
      `Denied: operation ${readWorkspace} at ${workspace} for principal user.`,
      `The deny assignment "Freeze" at ${workspace} forbids it (*); it comes before every role assignment.`,
      `The role "Reads", assigned at ${workspace}, would grant it (*/read).`,
    ]);
    const conditional = { denyAssignments: [deny({ condition: 'x' })] };
    expect(ask(snapshot([reader], [assign(reader)], conditional))[1]).toContain('may forbid it (*)');
  });

  it('leaves out what did not decide where it is allowed', () => {
    const writer = role('Writes', { actions: ['*/write'] });
    expect(ask(snapshot([reader, writer], [assign(writer), assign(reader)]))).toEqual([
      `Allowed: operation ${readWorkspace} at ${workspace} for principal user.`,
      `The role "Reads", assigned at ${workspace}, grants it (*/read).`,
    ]);
  });

  it('goes by the id of a role that it does not know', () => {
    const given = assign(reader, { principalId: 'team' });
    expect(ask(snapshot([], [given], { memberOf: { user: ['team'] } }))).toEqual([
      `Not known: operation ${readWorkspace} at ${workspace} for principal user.`,
      `The role ${given.roleDefinitionId}, assigned at ${workspace} through group team, may grant it: the definition of the role is not in the snapshot.`,
    ]);
  });

  it.each([
    ['an operation', [{ actions: ['*/write'] }], false],
    ['a role that has data operations', [{ dataActions: ['*/write'] }], true],
    ['a role that has data operations in one entry', [{}, { dataActions: ['*/write'] }], true],
  ])('does not put it down to the plane for %s', (_, entries, isDataAction) => {
    const other = role('Other', ...entries);
    expect(ask(snapshot([other], [assign(other)]), readWorkspace, isDataAction)[1]).toBe(
      `The role "Other", assigned at ${workspace}, does not include it.`,
    );
  });

  it.each([
    [
      'under an open condition',
      "@Resource[tags:a] StringEquals 'b'",
      "would grant it (Microsoft.MachineLearningServices/workspaces/*/read) under a condition, which what is known does not settle. It hangs on: @Resource[tags:a] StringEquals 'b' This rests on",
    ],
    [
      'under a condition that is not fulfilled',
      'true BoolEquals false',
      'would grant it (Microsoft.MachineLearningServices/workspaces/*/read), but its condition is not fulfilled. This rests on',
    ],
  ])('says that a match rests on the zero-segment rule, %s', (_, condition, expected) => {
    expect(ask(snapshot([scientist], [assign(scientist, { condition })]))[1]).toContain(expected);
  });

  it('adds nothing about that rule where a condition stands beside a plain match', () => {
    const reason = (condition: string) => ask(snapshot([reader], [assign(reader, { condition })]))[1];
    expect(reason('x')).toMatch(/The condition cannot be read\.$/);
    expect(reason('true BoolEquals false')).toMatch(/its condition is not fulfilled\.$/);
    const some = role('Some', { actions: ['*'], notActions: ['*/read'] });
    expect(ask(snapshot([some], [assign(some)]))[1]).toBe(
      `The role "Some", assigned at ${workspace}, grants *, but its notActions take it away (*/read); another role may still grant it.`,
    );
  });

  it('says that a denial rests on the zero-segment rule', () => {
    const actions = ['Microsoft.MachineLearningServices/workspaces/*/read'];
    const denial = (condition?: string) =>
      ask(snapshot([], [], { denyAssignments: [deny({ permissions: [entry({ actions })], condition })] }))[1];
    expect(denial()).toMatch(/it comes before every role assignment\. This rests on/);
    expect(denial('x')).toMatch(/it has a condition, which what is known does not settle\. This rests on/);
  });

  it('says what an eligible assignment hangs on', () => {
    const condition = "@Resource[tags:a] StringEquals 'b'";
    const eligible = (part: object, of = reader) =>
      ask(snapshot([of], [], { eligibleAssignments: [assign(of, part)] }))[1];
    expect(eligible({})).toMatch(/Activate it in Privileged Identity Management\.$/);
    expect(eligible({ condition })).toMatch(
      /Identity Management\. It hangs on: @Resource\[tags:a\] \S+ 'b'$/,
    );
    expect(eligible({}, scientist)).toMatch(/Identity Management\. This rests on/);
  });

  it('prints nothing that takes over a terminal', () => {
    const nasty = { ...reader, roleName: 'a\u001b[31mb\u202e' };
    expect(ask(snapshot([nasty], [assign(reader)])).join('')).toContain('"a[31mb"');
  });
});

describe('proofTree', () => {
  const prove = (state: AccessSnapshot) =>
    proofTree(decide(state, { principalId: 'user', action: readWorkspace, scope: workspace }));
  const leaf = (claim: string, subject: string) => ({ claim, subject, children: [] });

  it('leads from a near miss by group and scope to what is left of its condition', () => {
    const condition = "@Resource[tags:a] StringEquals 'b'";
    const given = assign(reader, { principalId: 'team', condition });
    const near = [
      leaf('group', 'team'),
      leaf('scope', workspace),
      {
        claim: 'role',
        subject: 'Reads',
        children: [leaf('pattern', '*/read'), leaf('residual', condition)],
      },
    ];
    const memberOf = { user: ['team'] };
    expect(prove(snapshot([reader], [given], { memberOf }))).toEqual({
      claim: 'unknown',
      subject: readWorkspace,
      children: [{ claim: 'nearMiss', subject: given.id, children: near }],
    });
    const eligible = prove(snapshot([reader], [], { memberOf, eligibleAssignments: [given] }));
    expect(eligible.children).toEqual([{ claim: 'eligible', subject: given.id, children: near }]);
  });

  it('goes by the id of a role that it does not know', () => {
    const given = assign(reader);
    expect(prove(snapshot([], [given])).children[0]!.children).toEqual([
      leaf('scope', workspace),
      leaf('role', given.roleDefinitionId),
    ]);
  });

  it('leaves near misses out where it is allowed', () => {
    const writer = role('Writes', { actions: ['*/write'] });
    const { children } = prove(snapshot([reader, writer], [assign(writer), assign(reader)]));
    expect(children.map(({ claim }) => claim)).toEqual(['grant']);
  });

  it('names the deny assignment, where it is made and what it matches', () => {
    expect(prove(snapshot([], [], { denyAssignments: [deny()] })).children).toEqual([
      {
        claim: 'denial',
        subject: 'deny',
        children: [
          leaf('scope', workspace),
          { claim: 'role', subject: 'Freeze', children: [leaf('pattern', '*')] },
        ],
      },
    ]);
  });
});
