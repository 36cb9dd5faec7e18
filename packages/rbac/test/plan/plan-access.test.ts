import { readFileSync } from 'node:fs';

import { builtInRoles, decide, type AccessRequest, type PermissionEntry } from '@aml-auth/permissions';
import {
  describeStep,
  hasDrift,
  parseAccessFile,
  planAccess,
  redactAccess,
  roleAssignmentName,
  type AccessCollection,
  type AccessFile,
  type AccessState,
  type PlanProblemCode,
  type PlanStep,
  type StoredRoleAssignment,
  type WantedAssignment,
  type WantedRole,
} from '@aml-auth/rbac';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { roles } from '../support/emulated.js';

const subscription = '/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590';
const group = `${subscription}/resourceGroups/rg-ml`;
const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ml`;
const ana = '5d3c6a0e-0f0d-4b52-9a46-2d7d0ddc9d5f';
const ben = 'c0ffee00-0f0d-4b52-9a46-2d7d0ddc9d5f';
const CONDITION = "@Resource[stage] StringEquals 'dev'";

const entry = (part: Partial<PermissionEntry>): PermissionEntry => ({
  actions: [],
  notActions: [],
  dataActions: [],
  notDataActions: [],
  ...part,
});
const wants = (part: Partial<WantedAssignment> = {}): WantedAssignment => ({
  principalId: ana,
  principalType: 'User',
  role: 'Reader',
  scope: workspace,
  ...part,
});
const submitter = (part: Partial<WantedRole> = {}): WantedRole => ({
  name: 'Job submitter',
  permissions: [entry({ actions: ['Microsoft.MachineLearningServices/workspaces/jobs/*'] })],
  assignableScopes: [group],
  ...part,
});
const file = (part: Partial<AccessFile> = {}): AccessFile => ({
  version: 1,
  scopes: [group],
  prune: false,
  roles: [],
  assignments: [],
  ...part,
});
const holds = (
  part: Partial<StoredRoleAssignment> = {},
  name = roleAssignmentName(
    part.scope ?? workspace,
    part.principalId ?? ana,
    part.roleDefinitionId ?? roles.reader,
  ),
): StoredRoleAssignment => ({
  id: `${part.scope ?? workspace}/providers/Microsoft.Authorization/roleAssignments/${name}`,
  scope: workspace,
  principalId: ana,
  principalType: 'User',
  roleDefinitionId: roles.reader,
  ...part,
});
const administrator = holds({ principalId: ben, scope: subscription, roleDefinitionId: roles.owner });
const state = (assignments: readonly StoredRoleAssignment[] = [], more: Partial<AccessState> = {}) => ({
  roleDefinitions: builtInRoles,
  roleAssignments: [administrator, ...assignments],
  ...more,
});
const steps = (...[wanted, now, options]: Parameters<typeof planAccess>) =>
  planAccess(wanted, now, options).steps.map(({ kind }) => kind);
const problems = (...[wanted, now, options]: Parameters<typeof planAccess>) =>
  planAccess(wanted, now, options).problems.map(({ code }) => code);

/** What the writes do, by the book: shares nothing with the planner. */
function applied(before: AccessState, done: readonly PlanStep[]): AccessState {
  let { roleDefinitions, roleAssignments } = before;
  for (const step of done) {
    switch (step.kind) {
      case 'createRole':
      case 'updateRole': {
        const { name, id, description, permissions, assignableScopes } = step.role;
        const others = roleDefinitions.filter((one) => one.id !== id);
        if (step.kind === 'createRole') expect(others).toHaveLength(roleDefinitions.length);
        const role = { id, roleName: name, description, permissions, assignableScopes };
        roleDefinitions = [...others, { ...role, roleType: 'CustomRole' }];
        break;
      }
      case 'deleteRole':
        expect(roleAssignments.some(({ roleDefinitionId }) => roleDefinitionId === step.before.id)).toBe(
          false,
        );
        roleDefinitions = roleDefinitions.filter(({ id }) => id !== step.before.id);
        break;
      case 'createAssignment': {
        const { principalId, principalType, scope, roleDefinitionId, condition, description } =
          step.assignment;
        expect(roleDefinitions.some(({ id }) => id === roleDefinitionId)).toBe(true);
        const made = { principalId, principalType, scope, roleDefinitionId, condition, description };
        roleAssignments = [...roleAssignments, holds(made)];
        break;
      }
      case 'updateAssignment': {
        const { condition, description } = step.assignment;
        roleAssignments = roleAssignments.map((one) =>
          one.id === step.before.id
            ? { ...one, condition, description: description ?? one.description }
            : one,
        );
        break;
      }
      case 'deleteAssignment':
        roleAssignments = roleAssignments.filter(({ id }) => id !== step.before.id);
    }
  }
  return { ...before, roleDefinitions, roleAssignments };
}

describe('planAccess', () => {
  it('creates what is missing, the role before its assignment', () => {
    const wanted = file({ roles: [submitter()], assignments: [wants({ role: 'job SUBMITTER' }), wants()] });
    const plan = planAccess(wanted, state());
    expect(plan.problems).toEqual([]);
    expect(plan.steps.map(describeStep)).toEqual([
      expect.stringMatching(/^create the role Job submitter \([\da-f-]{36}\)$/),
      `assign Job submitter to ${ana} at ${workspace}`,
      `assign Reader to ${ana} at ${workspace}`,
    ]);
    expect(hasDrift(plan)).toBe(true);
  });

  it('adopts what is there under any name, and leaves it', () => {
    const other = holds({}, 'c7f0dd62-ccf6-4ea5-b4d4-15c64f0bbf6e');
    const plan = planAccess(file({ assignments: [wants()] }), state([other]));
    expect(plan).toMatchObject({ steps: [], adopted: [other], unchanged: 1 });
    expect(planAccess(file({ assignments: [wants()] }), state([holds()]))).toMatchObject({
      adopted: [],
      unchanged: 1,
    });
    expect(hasDrift(plan)).toBe(false);
  });

  it('changes condition and description in place, and a description only where the file has one', () => {
    const now = state([holds({ description: 'old', condition: CONDITION })]);
    const [first] = planAccess(file({ assignments: [wants({ description: 'new' })] }), now).steps;
    expect(first).toMatchObject({ kind: 'updateAssignment', parts: ['condition', 'description'] });
    expect(describeStep(first!)).toBe(
      `change condition and description of Reader for ${ana} at ${workspace}`,
    );
    expect(steps(file({ assignments: [wants({ condition: `(${CONDITION})` })] }), now)).toEqual([]);
  });

  it('changes a role in the parts that differ, found by name or by id', () => {
    const id = '7d4f1f0e-6a47-4a0e-9d62-6a0f4a1b8c11';
    const role = { ...submitter(), id, roleName: 'Job submitter', roleType: 'CustomRole' as const };
    const now = state([], { roleDefinitions: [...builtInRoles, role] });
    expect(steps(file({ roles: [submitter()] }), now)).toEqual([]);
    expect(planAccess(file({ roles: [submitter({ description: 'New' })] }), now).steps).toMatchObject([
      { kind: 'updateRole', role: { id }, parts: ['description'] },
    ]);
    expect(planAccess(file({ roles: [submitter({ id, name: 'Jobs' })] }), now).steps).toMatchObject([
      { kind: 'updateRole', role: { id }, parts: ['roleName'] },
    ]);
  });

  it('reports what nobody wrote down, and deletes it only where it prunes', () => {
    const stray = holds({ principalId: ben });
    const above = holds({ principalId: ben, scope: subscription });
    const plan = planAccess(file(), state([stray, above]));
    expect(plan).toMatchObject({ steps: [], unmanaged: { assignments: [stray] } });
    expect(hasDrift(plan)).toBe(true);
    const pruned = planAccess(file({ prune: true }), state([stray, above]));
    expect(pruned.steps.map(describeStep)).toEqual([
      `take Reader from ${ben} at ${workspace}, which is not wanted`,
    ]);
    expect(pruned.unmanaged.assignments).toEqual([]);
  });

  it('leaves what an activation made: it ends by itself', () => {
    const stray = holds({ principalId: ben });
    const now = state([stray], { activated: [stray.id.toLowerCase()] });
    expect(planAccess(file({ prune: true }), now)).toMatchObject({
      steps: [],
      unmanaged: { assignments: [] },
    });
    expect(hasDrift(planAccess(file(), now))).toBe(false);
  });

  it('replaces a role by another: the new one comes before the old one goes', () => {
    const old = holds();
    const wanted = file({ prune: true, assignments: [wants({ role: roles.scientist })] });
    const plan = planAccess(wanted, state([old]));
    expect(plan.steps).toMatchObject([
      { kind: 'createAssignment', replaces: old.id },
      { kind: 'deleteAssignment', before: old, isReplaced: true },
    ]);
    expect(plan.steps.map(describeStep)[0]).toContain(`, in place of ${old.id}`);
  });

  it('deletes owned custom roles last, and none that reaches further', () => {
    const custom = (name: string, scopes: readonly string[], id: string) => ({
      id,
      roleName: name,
      roleType: 'CustomRole' as const,
      permissions: submitter().permissions,
      assignableScopes: scopes,
    });
    const own = custom('Own', [group], '7d4f1f0e-6a47-4a0e-9d62-6a0f4a1b8c11');
    const shared = custom('Shared', [group, subscription], '7d4f1f0e-6a47-4a0e-9d62-6a0f4a1b8c12');
    const now = state([holds({ roleDefinitionId: own.id })], {
      roleDefinitions: [...builtInRoles, own, shared],
    });
    const plan = planAccess(file({ prune: true }), now);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['deleteAssignment', 'deleteRole']);
    expect(planAccess(file(), now).unmanaged.roles).toEqual([own]);
    const elsewhere = holds({ roleDefinitionId: own.id, scope: subscription });
    expect(problems(file({ prune: true }), { ...now, roleAssignments: [administrator, elsewhere] })).toEqual([
      'role-in-use',
    ]);
  });

  it.each([
    ['unknown-role', file({ assignments: [wants({ role: 'Nobody' })] })],
    ['outside-scopes', file({ assignments: [wants({ scope: subscription })] })],
    ['invalid-condition', file({ assignments: [wants({ condition: 'nonsense' })] })],
    [
      'duplicate',
      file({ assignments: [wants(), wants({ role: roles.reader.toUpperCase(), scope: `${workspace}/` })] }),
    ],
    [
      'not-assignable',
      file({
        scopes: [subscription],
        roles: [submitter()],
        assignments: [wants({ role: 'Job submitter', scope: subscription })],
      }),
    ],
    ['outside-scopes', file({ roles: [submitter({ assignableScopes: [subscription] })] })],
    ['role-not-custom', file({ roles: [submitter({ name: 'Reader' })] })],
    ['invalid-role', file({ roles: [submitter({ permissions: [entry({ actions: ['a/*/b/*'] })] })] })],
    ['duplicate', file({ roles: [submitter(), submitter()] })],
    [
      'ambiguous-role',
      file({ roles: [submitter({ name: 'Reader', id: '7d4f1f0e-6a47-4a0e-9d62-6a0f4a1b8c11' })] }),
    ],
  ])('finds %s', (code, wanted) => {
    const found = problems(wanted, state());
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found)).toEqual(new Set([code]));
  });

  it('keeps to the limits of Azure, at the fullest moment', () => {
    const wanted = file({ prune: true, assignments: [wants({ role: roles.scientist })] });
    expect(problems(wanted, state([holds()]), { assignmentsPerSubscription: 3 })).toEqual([]);
    expect(problems(wanted, state([holds()]), { assignmentsPerSubscription: 2 })).toEqual([
      'assignment-quota',
    ]);
    expect(problems(file({ roles: [submitter()] }), state(), { customRoles: 0 })).toEqual(['role-quota']);
    expect(problems(file({ roles: [submitter()] }), state(), { customRoles: 1 })).toEqual([]);
  });

  it('leaves somebody who may assign roles, and does not lock out its caller', () => {
    const wanted = file({ scopes: [subscription], prune: true });
    expect(problems(wanted, state())).toEqual(['last-administrator']);
    const second = holds({ scope: subscription, roleDefinitionId: roles.owner });
    const keeping = { ...wanted, assignments: [wants({ scope: subscription, role: 'Owner' })] };
    expect(problems(keeping, state([second]))).toEqual([]);
    expect(problems(keeping, state([second]), { callerId: ben })).toEqual(['own-access']);
    expect(problems(keeping, state([second]), { callerId: ana })).toEqual([]);
    const limited = {
      ...wanted,
      assignments: [wants({ principalId: ben, scope: subscription, role: 'Owner', condition: CONDITION })],
    };
    expect(problems(limited, state())).toEqual(['last-administrator']);
  });

  const principal = fc.constantFrom(ana, ben);
  const scope = fc.constantFrom(group, workspace, `${group}2`);
  const condition = fc.constantFrom(undefined, undefined, CONDITION);
  const description = fc.constantFrom(undefined, 'a', 'b');
  const custom = fc.record({
    name: fc.constantFrom('One', 'Two'),
    description,
    permissions: fc.constantFrom(...['P/read', 'P/write'].map((action) => [entry({ actions: [action] })])),
    assignableScopes: fc.constantFrom([group], [group, workspace]),
  });
  const files = fc.record({
    version: fc.constant(1 as const),
    scopes: fc.constant([group]),
    prune: fc.boolean(),
    roles: fc.uniqueArray(custom, { selector: ({ name }) => name, maxLength: 2 }),
    assignments: fc.array(
      fc.record({
        principalId: principal,
        principalType: fc.constant('User' as const),
        role: fc.constantFrom('Reader', 'Owner', 'One', 'Two'),
        scope: fc.constantFrom(group, workspace),
        condition,
        description,
      }),
      { maxLength: 4 },
    ),
  });
  const states = fc
    .tuple(
      fc.uniqueArray(custom, { selector: ({ name }) => name, maxLength: 2 }),
      fc.uniqueArray(fc.record({ principalId: principal, scope, index: fc.nat(3), condition, description }), {
        selector: ({ principalId, scope: at, index }) => `${principalId}${at}${index}`,
        maxLength: 4,
      }),
    )
    .map(([customs, held]) => {
      const definitions = customs.map(({ name, ...rest }, index) => ({
        ...rest,
        id: `7d4f1f0e-6a47-4a0e-9d62-6a0f4a1b8c1${index}`,
        roleName: name,
        roleType: 'CustomRole' as const,
      }));
      const ids = [roles.reader, roles.owner, ...definitions.map(({ id }) => id)];
      const assignments = held
        .filter(({ index }) => ids[index] !== undefined)
        .map(({ index, ...rest }) => holds({ ...rest, roleDefinitionId: ids[index]! }));
      return state(assignments, { roleDefinitions: [...builtInRoles, ...definitions] });
    });

  it('has nothing left to do once it is applied', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(files, states, (wanted, before) => {
        const plan = planAccess(wanted, before);
        if (plan.problems.length > 0) return;
        plan.steps.forEach(({ kind }) => seen.add(kind));
        const again = planAccess(wanted, applied(before, plan.steps));
        expect({ steps: again.steps, problems: again.problems }).toEqual({ steps: [], problems: [] });
        expect(again.unmanaged).toEqual(plan.unmanaged);
      }),
      { numRuns: 1500 },
    );
    expect(seen.size).toBe(6);
  });

  it('has what is left to do after a stop at any step, and no more', () => {
    fc.assert(
      fc.property(files, states, fc.nat(6), (wanted, before, stop) => {
        const plan = planAccess(wanted, before);
        if (plan.problems.length > 0) return;
        const rest = planAccess(wanted, applied(before, plan.steps.slice(0, stop))).steps;
        const text = (list: readonly PlanStep[]) =>
          list.map((step) => describeStep(step).replace(/, (in place of .*|which is .*)$/, '')).sort();
        expect(text(rest)).toEqual(text(plan.steps.slice(stop)));
      }),
      { numRuns: 500 },
    );
  });

  it('deletes nothing without pruning, and nothing that the file does not own with it', () => {
    fc.assert(
      fc.property(files, states, (wanted, before) => {
        for (const step of planAccess(wanted, before).steps) {
          if (step.kind !== 'deleteAssignment' && step.kind !== 'deleteRole') continue;
          expect(wanted.prune).toBe(true);
          if (step.kind === 'deleteAssignment') expect([group, workspace]).toContain(step.before.scope);
        }
      }),
      { numRuns: 500 },
    );
  });
});

it('has every code of a problem in the documentation', () => {
  const codes: Record<PlanProblemCode, true> = {
    'unknown-role': true,
    'ambiguous-role': true,
    'invalid-role': true,
    'role-not-custom': true,
    'outside-scopes': true,
    'not-assignable': true,
    'invalid-condition': true,
    duplicate: true,
    'assignment-quota': true,
    'role-quota': true,
    'role-in-use': true,
    'last-administrator': true,
    'own-access': true,
  };
  const page = readFileSync(new URL('../../../../docs/rbac/declarative.md', import.meta.url), 'utf8');
  for (const code of Object.keys(codes)) expect(page).toContain(`| \`${code}\` `);
});

describe('parseAccessFile', () => {
  const text = `
version: 1
scopes: [${group}]
roles:
  - name: Job submitter
    actions: [Microsoft.MachineLearningServices/workspaces/jobs/*]
    assignableScopes: [${group}]
assignments:
  - principalId: ${ana}
    principalType: User
    role: Reader
    scope: ${workspace}
`;

  it('reads YAML, and JSON as well', async () => {
    const read = await parseAccessFile(text);
    expect(read).toEqual(file({ roles: [submitter()], assignments: [wants()] }));
    expect(await parseAccessFile(JSON.stringify(read))).toEqual(read);
  });

  it.each([
    [
      'a field that it does not know',
      text.replace('    role:', '    conditon: x\n    role:'),
      /line 9: .*conditon/,
    ],
    [
      'a principal by name',
      text.replace(ana, 'ana@contoso.com'),
      /line 9: assignments\.0\.principalId is no GUID/,
    ],
    [
      'what is no scope',
      text.replace(`scope: ${workspace}`, 'scope: ml'),
      /line 12: assignments\.0\.scope is no scope/,
    ],
    [
      'a kind of principal that there is not',
      text.replace('User', 'MSI'),
      /line 10: assignments\.0\.principalType/,
    ],
    ['what is no YAML', 'a: [', /line \d: /],
    ['a key twice', 'version: 1\nversion: 1', /line 2: .*unique/i],
    ['another version', text.replace('version: 1', 'version: 2'), /line 2: version/],
    ['nothing', '', /it /],
    [
      'two ways of permissions',
      text.replace('    actions:', '    permissions: [{}]\n    actions:'),
      /give one of the two/,
    ],
    [
      'aliases without end',
      `a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c]`,
      /cannot be read/,
    ],
  ])('refuses %s', async (_, broken, message) => {
    await expect(parseAccessFile(broken, { name: 'access.yaml' })).rejects.toThrow(
      expect.objectContaining({
        code: 'AML_CONFIG_INVALID',
        message: expect.stringMatching(message) as unknown,
      }),
    );
  });
});

describe('redactAccess', () => {
  const guidIn = (id: string) => `@Request[x] ForAnyOfAnyValues:GuidEquals {${id}, ${roles.reader}}`;
  const access: AccessCollection = {
    format: 'aml-auth/access',
    version: 1,
    collectedAt: '2026-01-01T00:00:00.000Z',
    scopes: [group],
    ...state([
      holds({ principalId: ben.toUpperCase(), description: 'for ana@contoso.com', createdBy: ana }),
      holds({ principalId: '11111111-0f0d-4b52-9a46-2d7d0ddc9d5f', scope: group, condition: guidIn(ana) }),
    ]),
    denyAssignments: [],
    memberOf: { [ana]: ['11111111-0f0d-4b52-9a46-2d7d0ddc9d5f'] },
    parents: { [subscription]: 'contoso' },
    operations: [],
    unreadable: [{ part: `denyAssignments at ${group}`, reason: 'ana@contoso.com may not' }],
    isRedacted: false,
  };

  it('leaves no id of a principal, no text and no author', () => {
    const text = JSON.stringify(redactAccess(access));
    for (const secret of [ana, ben, '11111111-0f0d', 'contoso.com', 'createdBy']) {
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
    }
    expect(text).toContain(workspace);
    expect(redactAccess(access).roleAssignments[2]!.condition).toContain(roles.reader);
  });

  it('leaves no name of a resource where they are to be hidden', () => {
    const text = JSON.stringify(redactAccess(access, { hideResources: true }));
    for (const name of ['0b1f6471', 'rg-ml', '/ml"', 'contoso']) expect(text).not.toContain(name);
    expect(text).toContain('/providers/Microsoft.MachineLearningServices/workspaces/name-');
  });

  it.each([false, true])('keeps decisions as they were (hideResources %s)', (hideResources) => {
    const hidden = redactAccess(access, { hideResources });
    const ask = (
      from: AccessCollection,
      index: number,
      question: Omit<AccessRequest, 'principalId' | 'scope'>,
    ) => {
      const { principalId, scope } = from.roleAssignments[index]!;
      return decide(from, { ...question, principalId, scope }).verdict;
    };
    const action = 'Microsoft.MachineLearningServices/workspaces/read';
    for (const index of [0, 1, 2]) {
      expect(ask(hidden, index, { action })).toBe(ask(access, index, { action }));
    }
    const [member] = Object.keys(hidden.memberOf!);
    const { scope } = hidden.roleAssignments[2]!;
    expect(decide(hidden, { principalId: member!, action, scope }).verdict).toBe('unknown');
  });
});
