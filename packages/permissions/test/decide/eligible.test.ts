import {
  decide,
  explain,
  proofTree,
  type AccessRequest,
  type ClassicAdministrator,
} from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

import { assign, deny, readWorkspace, role, snapshot, workspace } from '../fixtures/snapshot.js';

const request: AccessRequest = { principalId: 'user', action: readWorkspace, scope: workspace };
const reader = role('Reads', { actions: ['*/read'] });

describe('decide: eligible assignments', () => {
  it('says not now, but after activation, for a group of the principal too', () => {
    const eligible = assign(reader, { principalId: 'team' });
    const state = snapshot([reader], [], { eligibleAssignments: [eligible], memberOf: { user: ['team'] } });
    const decision = decide(state, request);
    expect(decision.verdict).toBe('notAllowed');
    expect(decision.eligible).toMatchObject([{ assignment: eligible, through: ['team'], pattern: '*/read' }]);
    expect(explain(decision)[1]).toBe(
      `Not now, but eligible: the role "Reads", eligible at ${workspace} through group team, would grant it (*/read). Activate it in Privileged Identity Management.`,
    );
  });

  it('leaves it out where activation would change nothing', () => {
    const eligibleAssignments = [assign(reader)];
    const held = decide(snapshot([reader], [assign(reader)], { eligibleAssignments }), request);
    expect(held).toMatchObject({ verdict: 'allowed', eligible: [] });
    const forbidden = snapshot([reader], [], { eligibleAssignments, denyAssignments: [deny()] });
    expect(decide(forbidden, request)).toMatchObject({ verdict: 'denied', eligible: [] });
    const other = role('Writes', { actions: ['*/write'] });
    const useless = snapshot([other], [], { eligibleAssignments: [assign(other)] });
    expect(decide(useless, request)).toMatchObject({ verdict: 'notAllowed', eligible: [] });
  });

  it('puts one under an open condition last, with what it hangs on', () => {
    const condition = "@Resource[tags:stage] StringEquals 'dev'";
    const eligibleAssignments = [
      assign(reader, { condition, id: 'open' }),
      assign(reader, { condition: 'no condition', id: 'unreadable' }),
      assign(reader, { condition: 'true BoolEquals false', id: 'unmet' }),
      assign(reader, { id: 'sure', scope: '/' }),
    ];
    const { eligible } = decide(snapshot([reader], [], { eligibleAssignments }), request);
    expect(eligible.map(({ assignment, residual }) => [assignment.id, residual])).toEqual([
      ['sure', undefined],
      ['open', condition],
      ['unreadable', 'a condition that cannot be read'],
    ]);
  });
});

describe('decide: classic administrators', () => {
  const decideFor = (part: Partial<ClassicAdministrator>, more = {}) => {
    const administrator = {
      principalId: 'USER',
      role: 'CoAdministrator',
      scope: '/subscriptions/s1',
      ...part,
    };
    return decide(snapshot([], [], { classicAdministrators: [administrator], ...more }), request).verdict;
  };

  it('counts the service administrator and co-administrators as owners of the subscription', () => {
    expect(decideFor({})).toBe('allowed');
    expect(decideFor({ role: 'ServiceAdministrator;AccountAdministrator' })).toBe('allowed');
    expect(decideFor({ scope: '/subscriptions/s10' })).toBe('notAllowed');
    expect(decideFor({ principalId: 'other' })).toBe('notAllowed');
  });

  it('gives the account administrator nothing, and nobody anything that is denied', () => {
    expect(decideFor({ role: 'AccountAdministrator' })).toBe('notAllowed');
    expect(decideFor({}, { denyAssignments: [deny()] })).toBe('denied');
  });
});

describe('proofTree', () => {
  it('leads from the verdict by group and scope to role and pattern', () => {
    const given = assign(reader, { principalId: 'team' });
    const decision = decide(snapshot([reader], [given], { memberOf: { user: ['team'] } }), request);
    expect(proofTree(decision)).toEqual({
      claim: 'allowed',
      subject: readWorkspace,
      children: [
        {
          claim: 'grant',
          subject: given.id,
          children: [
            { claim: 'group', subject: 'team', children: [] },
            { claim: 'scope', subject: workspace, children: [] },
            {
              claim: 'role',
              subject: 'Reads',
              children: [{ claim: 'pattern', subject: '*/read', children: [] }],
            },
          ],
        },
      ],
    });
  });

  it('shows what took an operation away, what is eligible and what is denied', () => {
    const some = role('Some', {
      actions: ['Microsoft.MachineLearningServices/workspaces/*/read'],
      notActions: [readWorkspace],
    });
    const state = snapshot([some, reader], [assign(some)], { eligibleAssignments: [assign(reader)] });
    const tree = proofTree(decide(state, request));
    expect(tree.children.map(({ claim }) => claim)).toEqual(['eligible', 'nearMiss']);
    expect(tree.children[1]!.children[1]!.children).toMatchObject([
      { claim: 'pattern', zeroSegment: true },
      { claim: 'excludedBy', subject: readWorkspace },
    ]);
    const denied = proofTree(decide(snapshot([], [], { denyAssignments: [deny()] }), request));
    expect(denied).toMatchObject({ claim: 'denied', children: [{ claim: 'denial', subject: 'deny' }] });
  });
});
