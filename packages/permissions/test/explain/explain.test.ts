import { builtInRoles, decide, explain, type AccessSnapshot } from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

import {
  assign,
  deny,
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

  it('prints nothing that takes over a terminal', () => {
    const nasty = { ...reader, roleName: 'a\u001b[31mb\u202e' };
    expect(ask(snapshot([nasty], [assign(reader)])).join('')).toContain('"a[31mb"');
  });
});
