import {
  builtInRoles,
  createDecider,
  decide,
  type AccessRequest,
  principalPaths,
} from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

import {
  assign,
  deny,
  entry,
  everyone,
  readWorkspace,
  resourceGroup,
  role,
  snapshot,
  workspace,
  writeJob,
} from '../fixtures/snapshot.js';

const request: AccessRequest = { principalId: 'user', action: readWorkspace, scope: workspace };
const reader = role('Reads', { actions: ['*/read'] });
const builtIn = (roleName: string) => builtInRoles.find((known) => known.roleName === roleName)!;

describe('decide: role assignments', () => {
  it('names the assignment, the role and the pattern that grant it', () => {
    const assignment = assign(reader, { scope: resourceGroup });
    expect(decide(snapshot([reader], [assignment]), request)).toEqual({
      verdict: 'allowed',
      request,
      grants: [{ assignment, role: reader, through: [], entry: 0, pattern: '*/read', zeroSegment: false }],
      denials: [],
      nearMisses: [],
      eligible: [],
    });
  });

  it('finds no access in an empty snapshot', () => {
    expect(decide(snapshot([], []), request)).toEqual({
      verdict: 'notAllowed',
      request,
      grants: [],
      denials: [],
      nearMisses: [],
      eligible: [],
    });
  });

  it('compares ids of principals and roles in any case', () => {
    const assignment = assign(reader, { principalId: 'USER', roleDefinitionId: reader.id.toUpperCase() });
    expect(decide(snapshot([reader], [assignment]), { ...request, principalId: 'User' }).verdict).toBe(
      'allowed',
    );
  });

  it.each([
    ['of somebody else', { principalId: 'other' }],
    ['below the scope', { scope: `${workspace}/computes/c1` }],
    ['beside the scope', { scope: `${resourceGroup}0` }],
  ])('does not count an assignment %s', (_where, part) => {
    const decision = decide(snapshot([reader], [assign(reader, part)]), request);
    expect(decision).toMatchObject({ verdict: 'notAllowed', nearMisses: [] });
  });

  it('counts an assignment at a management group above', () => {
    const team = '/providers/Microsoft.Management/managementGroups/team';
    const assignments = [assign(reader, { scope: team })];
    expect(decide(snapshot([reader], assignments), request).verdict).toBe('notAllowed');
    const parents = { '/subscriptions/s1': team };
    expect(decide(snapshot([reader], assignments, { parents }), request).verdict).toBe('allowed');
  });

  it('lists every grant, the nearest first, and those that need the zero-segment rule last', () => {
    const middle = role('Middle', { actions: ['Microsoft.MachineLearningServices/workspaces/*/read'] });
    const assignments = [
      assign(middle),
      assign(reader, { scope: '/subscriptions/s1' }),
      assign(reader, { scope: resourceGroup }),
    ];
    const { grants } = decide(snapshot([reader, middle], assignments), request);
    expect(grants.map(({ assignment }) => assignment)).toEqual([
      assignments[2],
      assignments[1],
      assignments[0],
    ]);
    expect(grants.map(({ zeroSegment }) => zeroSegment)).toEqual([false, false, true]);
  });

  it('prefers a pattern that needs no unwritten rule', () => {
    const both = role('Both', { actions: ['Microsoft.MachineLearningServices/workspaces/*/read', '*/read'] });
    expect(decide(snapshot([both], [assign(both)]), request).grants[0]).toMatchObject({
      pattern: '*/read',
      zeroSegment: false,
    });
  });

  it('takes the last of two definitions with one id', () => {
    const newer = { ...reader, permissions: [] };
    expect(decide(snapshot([reader, newer], [assign(reader)]), request).verdict).toBe('notAllowed');
  });

  it.each(['', ' ', '*', 'Microsoft.MachineLearningServices/workspaces/*'])(
    'allows nobody the action %j, which is no operation',
    (action) => {
      const owner = builtIn('Owner');
      expect(decide(snapshot([owner], [assign(owner)]), { ...request, action }).verdict).toBe('notAllowed');
    },
  );

  it.each(['', 'workspaces/ws1', `${workspace}/../ws2`])(
    'allows nothing at %j, which is no scope',
    (scope) => {
      const owner = builtIn('Owner');
      const decision = decide(snapshot([owner], [assign(owner, { scope: '/' })]), { ...request, scope });
      expect(decision.verdict).toBe('notAllowed');
    },
  );
});

describe('decide: permission entries', () => {
  it('looks at each entry on its own: notActions of one do not touch another', () => {
    const split = role('Split', { actions: ['*'], notActions: ['*/read'] }, { actions: [readWorkspace] });
    expect(decide(snapshot([split], [assign(split)]), request)).toMatchObject({
      verdict: 'allowed',
      grants: [{ entry: 1, pattern: readWorkspace }],
    });
  });

  it('does not put the actions of one entry under the condition of another', () => {
    const split = role('Split', { actions: ['*'], condition: 'x' }, { actions: ['*/read'] });
    expect(decide(snapshot([split], [assign(split)]), request)).toMatchObject({
      verdict: 'allowed',
      grants: [{ entry: 1 }],
    });
    expect(decide(snapshot([split], [assign(split)]), { ...request, action: writeJob }).verdict).toBe(
      'unknown',
    );
  });

  it('names the notAction that takes the operation away', () => {
    const scientist = builtIn('AzureML Data Scientist');
    const action = 'Microsoft.MachineLearningServices/workspaces/computes/write';
    expect(decide(snapshot([scientist], [assign(scientist)]), { ...request, action })).toMatchObject({
      verdict: 'notAllowed',
      nearMisses: [
        {
          reason: 'excluded',
          match: { pattern: 'Microsoft.MachineLearningServices/workspaces/*/write', zeroSegment: false },
          excludedBy: 'Microsoft.MachineLearningServices/workspaces/computes/*/write',
        },
      ],
    });
  });

  it('lets another role grant what a notAction takes away', () => {
    const contributor = builtIn('Contributor');
    const administrator = builtIn('User Access Administrator');
    const action = 'Microsoft.Authorization/roleAssignments/write';
    const assignments = [assign(contributor), assign(administrator)];
    expect(decide(snapshot([contributor, administrator], assignments), { ...request, action })).toMatchObject(
      {
        verdict: 'allowed',
        grants: [{ role: administrator }],
        nearMisses: [{ role: contributor, reason: 'excluded' }],
      },
    );
  });

  it('marks a grant that rests on the zero-segment rule', () => {
    const scientist = builtIn('AzureML Data Scientist');
    expect(decide(snapshot([scientist], [assign(scientist)]), request)).toMatchObject({
      verdict: 'allowed',
      grants: [{ zeroSegment: true }],
    });
  });

  it('keeps control plane and data plane apart', () => {
    const action = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
    const owner = builtIn('Owner');
    const blobs = builtIn('Storage Blob Data Reader');
    const verdict = (of: typeof owner, isDataAction: boolean) =>
      decide(snapshot([of], [assign(of)]), { ...request, action, isDataAction }).verdict;
    expect([verdict(owner, false), verdict(owner, true)]).toEqual(['allowed', 'notAllowed']);
    expect([verdict(blobs, false), verdict(blobs, true)]).toEqual(['notAllowed', 'allowed']);
  });

  it('takes data operations away by notDataActions only', () => {
    const developer = builtIn('Azure AI Developer');
    const action = 'Microsoft.CognitiveServices/accounts/OpenAI/fine-tunes-deployments/write';
    const decision = decide(snapshot([developer], [assign(developer)]), {
      ...request,
      action,
      isDataAction: true,
    });
    expect(decision).toMatchObject({ verdict: 'notAllowed', nearMisses: [{ excludedBy: action }] });
    const control = role('Control', { dataActions: ['*'], notActions: ['*'] });
    expect(
      decide(snapshot([control], [assign(control)]), { ...request, action, isDataAction: true }).verdict,
    ).toBe('allowed');
  });
});

describe('decide: what it cannot know', () => {
  const conditional = role('Conditional', { actions: ['*/read'], condition: 'x' });

  it.each([
    ['the assignment', reader, assign(reader, { condition: '@Resource[x] StringEquals 1' })],
    ['the permission entry', conditional, assign(conditional)],
  ] as const)('answers unknown where only a condition of %s stands in between', (_what, of, assignment) => {
    expect(decide(snapshot([of], [assignment]), request)).toMatchObject({
      verdict: 'unknown',
      grants: [],
      nearMisses: [{ reason: 'condition', match: { pattern: '*/read' } }],
    });
  });

  it('does not ask a condition where another assignment grants without one', () => {
    const assignments = [assign(reader, { condition: 'x' }), assign(reader, { scope: resourceGroup })];
    expect(decide(snapshot([reader], assignments), request)).toMatchObject({
      verdict: 'allowed',
      nearMisses: [{ reason: 'condition' }],
    });
  });

  it('does not ask a condition on what is not granted anyway', () => {
    const decision = decide(snapshot([reader], [assign(reader, { condition: 'x' })]), {
      ...request,
      action: writeJob,
    });
    expect(decision).toMatchObject({ verdict: 'notAllowed', nearMisses: [{ reason: 'noMatch' }] });
  });

  it.each(['', ' '])('takes the condition %j as none', (condition) => {
    expect(decide(snapshot([reader], [assign(reader, { condition })]), request).verdict).toBe('allowed');
  });

  it('answers unknown where the definition of an assigned role is missing', () => {
    expect(decide(snapshot([], [assign(reader)]), request)).toMatchObject({
      verdict: 'unknown',
      nearMisses: [{ role: undefined, reason: 'roleUnknown' }],
    });
  });

  it('puts the closest near miss first', () => {
    const none = role('None', {});
    const taken = role('Taken', { actions: ['*'], notActions: ['*/read'] });
    const missing = role('Missing', {});
    const assignments = [
      assign(none, { scope: '/subscriptions/s1' }),
      assign(none),
      assign(missing),
      assign(reader, { condition: 'x' }),
      assign(taken, { scope: '/subscriptions/s1' }),
      assign(taken),
    ];
    const { nearMisses } = decide(snapshot([none, taken, reader], assignments), request);
    expect(nearMisses.map(({ reason }) => reason)).toEqual([
      'excluded',
      'excluded',
      'condition',
      'roleUnknown',
      'noMatch',
      'noMatch',
    ]);
    expect(nearMisses.map(({ assignment }) => assignment)).toEqual(
      [5, 4, 3, 2, 1, 0].map((n) => assignments[n]),
    );
  });
});

describe('decide: groups', () => {
  it('counts groups of groups and shows the way, as short as it is', () => {
    const memberOf = { USER: ['a'], A: ['Team'], team: ['all'], other: ['all'] };
    const { verdict, grants } = decide(
      snapshot([reader], [assign(reader, { principalId: 'ALL' }), assign(reader, { principalId: 'a' })], {
        memberOf,
      }),
      request,
    );
    expect(verdict).toBe('allowed');
    expect(grants.map(({ through }) => through)).toEqual([['a'], ['a', 'Team', 'all']]);
  });

  it('keeps the shortest way where there are several', () => {
    const memberOf = { user: ['all', 'a'], a: ['all', 'user'] };
    const assignments = [assign(reader, { principalId: 'all' }), assign(reader)];
    const { grants } = decide(snapshot([reader], assignments, { memberOf }), request);
    expect(grants.map(({ through }) => through)).toEqual([[], ['all']]);
  });

  it('does not count members of the principal', () => {
    const memberOf = { child: ['user'] };
    const assignments = [assign(reader, { principalId: 'child' })];
    expect(decide(snapshot([reader], assignments, { memberOf }), request).verdict).toBe('notAllowed');
  });

  it('joins memberships that are listed in several spellings, and keeps them apart from no one', () => {
    const memberOf = { user: ['g1'], USER: ['g2'] };
    expect([...principalPaths('User', memberOf)]).toEqual([
      ['user', []],
      ['g1', ['g1']],
      ['g2', ['g2']],
    ]);
    expect([...principalPaths('nobody', memberOf)]).toEqual([['nobody', []]]);
    expect([...principalPaths('user', undefined)]).toEqual([['user', []]]);
  });

  it('comes to an end where groups contain each other', () => {
    const memberOf = { user: ['a'], a: ['b'], b: ['a', 'user'] };
    const assignments = [assign(reader, { principalId: 'b' })];
    expect(decide(snapshot([reader], assignments, { memberOf }), request)).toMatchObject({
      verdict: 'allowed',
      grants: [{ through: ['a', 'b'] }],
    });
  });
});

describe('decide: deny assignments', () => {
  const granted = [assign(reader, { scope: '/' })];
  const verdict = (part: Parameters<typeof deny>[0], more = {}, scope = workspace) =>
    decide(snapshot([reader], granted, { denyAssignments: [deny(part)], ...more }), { ...request, scope })
      .verdict;

  it('beats every role assignment and names the pattern', () => {
    const denyAssignment = deny();
    const decision = decide(snapshot([reader], granted, { denyAssignments: [denyAssignment] }), request);
    expect(decision).toMatchObject({
      verdict: 'denied',
      denials: [{ denyAssignment, entry: 0, pattern: '*', zeroSegment: false }],
      grants: [{ role: reader }],
    });
  });

  it('is for each of the principals that it names', () => {
    const of = role('R', { actions: ['*'] });
    const both = deny({ principals: [{ id: 'other' }, { id: 'USER' }] });
    const state = snapshot([of], [assign(of)], { denyAssignments: [both] });
    expect(decide(state, { principalId: 'user', action: 'P/read', scope: workspace }).verdict).toBe('denied');
  });

  it('says denied, not notAllowed, where nothing would have granted it either', () => {
    const denied = snapshot([], [], { denyAssignments: [deny()] });
    expect(decide(denied, request).verdict).toBe('denied');
  });

  it.each([
    ['names the principal', { principals: [{ id: 'USER' }] }, 'denied'],
    ['names somebody else', { principals: [{ id: 'other' }] }, 'allowed'],
    ['excludes the principal', { excludePrincipals: [{ id: 'USER' }] }, 'allowed'],
    ['excludes everyone, which has no meaning', { excludePrincipals: [{ id: everyone }] }, 'denied'],
    ['is above', { scope: '/subscriptions/s1' }, 'denied'],
    ['is below', { scope: `${workspace}/computes/c1` }, 'allowed'],
    ['is above and not for child scopes', { scope: resourceGroup, doNotApplyToChildScopes: true }, 'allowed'],
    ['is here and not for child scopes', { scope: `${workspace}/`, doNotApplyToChildScopes: true }, 'denied'],
    ['spares reads', { permissions: [entry({ actions: ['*'], notActions: ['*/read'] })] }, 'allowed'],
    ['is about data only', { permissions: [entry({ dataActions: ['*'] })] }, 'allowed'],
    ['has a condition', { condition: 'x' }, 'unknown'],
    ['has a condition on its entry', { permissions: [entry({ actions: ['*'], condition: 'x' })] }, 'unknown'],
  ] as const)('one that %s', (_what, part, expected) => {
    expect(verdict(part)).toBe(expected);
  });

  it('applies at a management group itself, though the tree is said to be a circle', () => {
    const scope = '/providers/Microsoft.Management/managementGroups/a';
    const parents = { a: 'b', b: 'a' };
    expect(verdict({ scope, doNotApplyToChildScopes: true }, { parents }, scope)).toBe('denied');
  });

  it('reaches groups, and lets an excluded group go', () => {
    const memberOf = { user: ['a'], a: ['team'] };
    expect(verdict({ principals: [{ id: 'team' }] }, { memberOf })).toBe('denied');
    expect(verdict({ principals: [{ id: 'user' }], excludePrincipals: [{ id: 'team' }] }, { memberOf })).toBe(
      'allowed',
    );
  });

  it('stays notAllowed where a condition could only have denied it', () => {
    const state = snapshot([], [], { denyAssignments: [deny({ condition: 'x' })] });
    expect(decide(state, request)).toMatchObject({ verdict: 'notAllowed', denials: [{ pattern: '*' }] });
  });
});

describe('decide: conditions', () => {
  const tag = '@Resource[tags:stage] StringEquals';
  const attributes = { resource: { 'tags:stage': 'dev' } };
  const ask = (condition: string, ofEntry?: string) => {
    const of = role('Reads', {
      actions: ['*/read'],
      ...(ofEntry === undefined ? {} : { condition: ofEntry }),
    });
    return decide(snapshot([of], [assign(of, { condition })]), { ...request, attributes });
  };

  it('allows where what is known fulfils them', () => {
    expect(ask(`${tag} 'dev'`)).toMatchObject({ verdict: 'allowed', grants: [{ pattern: '*/read' }] });
    expect(ask(`${tag} 'dev'`, "ActionMatches{'*/read'}").verdict).toBe('allowed');
  });

  it('does not allow where one is not fulfilled, whatever is not known of the other', () => {
    const unmet = { verdict: 'notAllowed', nearMisses: [{ reason: 'conditionUnmet' }] };
    expect(ask(`${tag} 'prod'`)).toMatchObject(unmet);
    expect(ask(`${tag} 'prod'`, 'Exists @Principal[x]')).toMatchObject(unmet);
    expect(ask('Exists @Principal[x]', `${tag} 'prod'`)).toMatchObject(unmet);
  });

  it('says what is left of those that it cannot settle', () => {
    const { verdict, nearMisses } = ask(`(${tag} 'dev') AND (Exists @Principal[x])`, 'Exists @Principal[y]');
    expect(verdict).toBe('unknown');
    expect(nearMisses).toMatchObject([
      { reason: 'condition', residual: '(Exists @Principal[y]) AND (Exists @Principal[x])' },
    ]);
  });

  it('cannot say what is left of one that it cannot read', () => {
    expect(ask('x').nearMisses[0]?.residual).toBeUndefined();
  });

  it.each([
    [`${tag} 'dev'`, 'denied'],
    [`${tag} 'prod'`, 'allowed'],
    ['Exists @Principal[x]', 'unknown'],
  ] as const)('settles the condition %s of a deny assignment: %s', (condition, verdict) => {
    const known = { ...request, attributes };
    for (const part of [{ condition }, { permissions: [entry({ actions: ['*'], condition })] }]) {
      const state = snapshot([reader], [assign(reader)], { denyAssignments: [deny(part)] });
      expect(decide(state, known).verdict).toBe(verdict);
    }
  });

  it('says of several entries what comes closest', () => {
    const unmet = { actions: ['*'], condition: `${tag} 'prod'` };
    const both = role('Both', { actions: ['*'], notActions: ['*'] }, unmet);
    expect(decide(snapshot([both], [assign(both)]), { ...request, attributes }).nearMisses).toMatchObject([
      { reason: 'conditionUnmet', match: { entry: 1 } },
    ]);
    const three = role('Three', unmet, { actions: ['*'], condition: 'Exists @Principal[x]' });
    expect(decide(snapshot([three], [assign(three)]), { ...request, attributes }).nearMisses).toMatchObject([
      { reason: 'condition', match: { entry: 1 } },
    ]);
  });

  it('puts what is not fulfilled before what is not known of a role', () => {
    const reads = role('Reads', { actions: ['*/read'] });
    const assignments = [assign(role('Missing', {})), assign(reads, { condition: `${tag} 'prod'` })];
    const { nearMisses } = decide(snapshot([reads], assignments), { ...request, attributes });
    expect(nearMisses.map(({ reason }) => reason)).toEqual(['conditionUnmet', 'roleUnknown']);
  });

  it('takes the other entry of a role where the condition of one is not fulfilled', () => {
    const both = role('Both', { actions: ['*'], condition: `${tag} 'prod'` }, { actions: ['*/read'] });
    expect(decide(snapshot([both], [assign(both)]), { ...request, attributes })).toMatchObject({
      verdict: 'allowed',
      grants: [{ entry: 1 }],
    });
  });
});

describe('createDecider', () => {
  it('answers many requests over one snapshot', () => {
    const ask = createDecider(snapshot([reader], [assign(reader)]));
    expect(ask(request).verdict).toBe('allowed');
    expect(ask({ ...request, action: writeJob }).verdict).toBe('notAllowed');
    expect(ask({ ...request, principalId: 'other' }).verdict).toBe('notAllowed');
  });
});
