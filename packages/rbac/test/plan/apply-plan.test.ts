import { isAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import type { Emulator, EmulatorSnapshot } from '@aml-auth/emulator';
import { decide, whoCan } from '@aml-auth/permissions';
import {
  applyAccessPlan,
  collectAccess,
  createRoleAssignment,
  getRoleDefinition,
  parseAccessCollection,
  parseAccessFile,
  planAccess,
  redactAccess,
  syncCatalogue,
  type AccessCollection,
  type AccessFile,
  type AccessPlan,
} from '@aml-auth/rbac';
import type { ArmClient } from '@aml-auth/rest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { clientOf, graphOf, hastyClock, roles, startDemo } from '../support/emulated.js';

let emulator: Emulator;
let start: EmulatorSnapshot;
let arm: ArmClient;
let workspace: string;
let group: string;

beforeAll(async () => {
  emulator = await startDemo();
  start = emulator.snapshot();
  arm = clientOf(emulator, 'platform-admin');
  workspace = emulator.workspace('ws1').id;
  group = workspace.slice(0, workspace.indexOf('/providers/'));
});

beforeEach(() => {
  emulator.restore(start);
});

afterEach(() => {
  emulator.faults.clear();
});

afterAll(() => emulator.close());

const file = (prune = false): Promise<AccessFile> =>
  parseAccessFile(`
version: 1
scopes: [${group}]
prune: ${String(prune)}
roles:
  - name: Job submitter
    description: Submits jobs.
    actions: [Microsoft.MachineLearningServices/workspaces/jobs/*]
    assignableScopes: [${group}]
assignments:
  - principalId: ${emulator.app('auditor').objectId}
    principalType: ServicePrincipal
    role: Job submitter
    scope: ${workspace}
  - principalId: ${emulator.group('data-science').id}
    principalType: Group
    role: AzureML Data Scientist
    scope: ${workspace}
    description: The team.
`);
const collect = () => collectAccess(arm, { scopes: [group] });
const plan = async (wanted?: AccessFile): Promise<AccessPlan> =>
  planAccess(wanted ?? (await file()), await collect());
const failure = async (work: Promise<unknown>): Promise<AmlAuthError> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAmlAuthError(error)) throw new Error('It did not fail as expected.', { cause: error });
  return error;
};

describe('applyAccessPlan', () => {
  it('makes access as the file says, and has nothing to do the second time', async () => {
    const first = await plan();
    expect(first.problems).toEqual([]);
    expect(first.steps.map(({ kind }) => kind)).toEqual([
      'createRole',
      'createAssignment',
      'createAssignment',
    ]);
    const told: string[] = [];
    await applyAccessPlan(arm, first, {
      onStep: (step, done, total) => void told.push(`${step.kind} ${done}/${total}`),
    });
    expect(told).toEqual(['createRole 1/3', 'createAssignment 2/3', 'createAssignment 3/3']);
    const second = await plan();
    expect(second).toMatchObject({ steps: [], problems: [], unchanged: 3, adopted: [] });
    expect(await applyAccessPlan(arm, first)).toHaveLength(3);
    expect((await plan()).steps).toEqual([]);
  });

  it('changes what differs, and puts right what somebody changed by hand', async () => {
    await applyAccessPlan(arm, await plan());
    const wanted = await file();
    const [role] = wanted.roles;
    const [, team] = wanted.assignments;
    const condition = "@Resource[stage] StringEquals 'dev'";
    const changed: AccessFile = {
      ...wanted,
      roles: [{ ...role!, description: 'Submits and cancels jobs.' }],
      assignments: [wanted.assignments[0]!, { ...team!, condition, description: 'Another team.' }],
    };
    const next = await plan(changed);
    expect(next.steps.map(({ kind }) => kind)).toEqual(['updateRole', 'updateAssignment']);
    await applyAccessPlan(arm, next);
    expect((await plan(changed)).steps).toEqual([]);
    await applyAccessPlan(arm, await plan(wanted));
    expect((await plan(wanted)).steps).toEqual([]);
  });

  it('adopts, replaces and prunes', async () => {
    const { objectId } = emulator.app('auditor');
    const stray = { scope: workspace, principalId: objectId, principalType: 'ServicePrincipal' as const };
    await createRoleAssignment(arm, { ...stray, roleDefinitionId: roles.scientist });
    const before = await plan(await file(true));
    const kinds = before.steps.map((step) =>
      'isReplaced' in step ? `${step.kind} ${step.isReplaced}` : step.kind,
    );
    expect(kinds).toContain('deleteAssignment true');
    expect(kinds).toContain('deleteAssignment false');
    expect(before.problems).toEqual([]);
    await applyAccessPlan(arm, before);
    const after = await collect();
    const left = after.roleAssignments.filter(({ scope }) =>
      scope.toLowerCase().startsWith(group.toLowerCase()),
    );
    expect(left.map(({ principalId }) => principalId).sort()).toEqual(
      [objectId, emulator.group('data-science').id].sort(),
    );
    const none = { ...(await file(true)), roles: [], assignments: [] };
    await applyAccessPlan(arm, await plan(none));
    const end = await collect();
    expect(end.roleDefinitions.filter(({ roleName }) => roleName === 'Job submitter')).toEqual([]);
    expect((await plan(none)).steps).toEqual([]);
  });

  it('names every step where one fails, and goes on with a new plan', async () => {
    const first = await plan();
    let writes = 0;
    const failing: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'PUT' && (writes += 1) === 2) {
        return Response.json({ error: { code: 'AuthorizationFailed', message: 'No.' } }, { status: 403 });
      }
      return emulator.fetch(request);
    };
    const error = await failure(applyAccessPlan(clientOf(emulator, 'platform-admin', failing), first));
    expect(error).toMatchObject({ code: 'AML_FORBIDDEN', armCode: 'AuthorizationFailed' });
    expect(error.message).toContain('The plan stopped at step 2 of 3, "assign Job submitter to');
    expect(error.steps!.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'notStarted']);
    expect(error.steps!.every(({ id }) => id!.includes('/providers/Microsoft.Authorization/'))).toBe(true);
    const rest = await plan();
    expect(rest.steps.map(({ kind }) => kind)).toEqual(['createAssignment', 'createAssignment']);
    await applyAccessPlan(arm, rest);
    expect((await plan()).steps).toEqual([]);
  });

  it('says that it does not know where no answer came, and finds out with the next plan', async () => {
    const first = await plan();
    let writes = 0;
    let isCut = false;
    const cut: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      const isWrite = request.method === 'PUT';
      if (isWrite) writes += 1;
      if (isCut) throw new TypeError('fetch failed');
      isCut = isWrite && writes === 2;
      const reply = await emulator.fetch(request);
      if (isCut) throw new TypeError('fetch failed');
      return reply;
    };
    const lost = clientOf(emulator, 'platform-admin', cut, { clock: hastyClock() });
    const error = await failure(applyAccessPlan(lost, first));
    expect(error.steps!.map(({ outcome }) => outcome)).toEqual(['done', 'unclear', 'notStarted']);
    expect((await plan()).steps.map(({ kind }) => kind)).toEqual(['createAssignment']);
  });

  it('stops between two steps when it is cancelled', async () => {
    const stop = new AbortController();
    const applying = applyAccessPlan(arm, await plan(), {
      onStep: () => {
        stop.abort();
      },
      signal: stop.signal,
    });
    const error = await failure(applying);
    expect(error.code).toBe('AML_CANCELLED');
    expect(error.steps!.map(({ outcome }) => outcome)).toEqual(['done', 'notStarted', 'notStarted']);
  });

  it('does not begin a plan with problems', async () => {
    const wanted = await file();
    const [one] = wanted.assignments;
    const bad = await plan({ ...wanted, assignments: [{ ...one!, role: 'Nobody' }] });
    const error = await failure(applyAccessPlan(arm, bad));
    expect(error).toMatchObject({ code: 'AML_CONFIG_INVALID' });
    expect(error.message).toContain('There is no such role.');
    expect((await collect()).roleDefinitions.some(({ roleName }) => roleName === 'Job submitter')).toBe(
      false,
    );
  });
});

describe('parseAccessFile', () => {
  it('looks principals up that are given by name', async () => {
    const text = [emulator.user('alice@contoso').name, 'data-science', emulator.user('alice@contoso').name]
      .map((principal) => `{principal: ${principal}, role: Reader, scope: ${workspace}}`)
      .join(',');
    const graph = graphOf(emulator, 'platform-admin');
    const read = await parseAccessFile(`{version: 1, scopes: [${group}], assignments: [${text}]}`, { graph });
    const alice = { principalId: emulator.user('alice@contoso').id, principalType: 'User' };
    expect(read.assignments).toMatchObject([
      alice,
      { principalId: emulator.group('data-science').id, principalType: 'Group' },
      alice,
    ]);
    expect(read.assignments[0]).not.toHaveProperty('principal');
  });
});

describe('collectAccess', () => {
  it('answers offline what the service would answer, groups of groups included', async () => {
    const graph = graphOf(emulator, 'platform-admin');
    const providers = ['Microsoft.MachineLearningServices'];
    const kept = JSON.stringify(await collectAccess(arm, { scopes: [workspace], graph, providers }));
    const access = parseAccessCollection(kept);
    const action = 'Microsoft.MachineLearningServices/workspaces/read';
    const alice = emulator.user('alice@contoso').id;
    expect(decide(access, { principalId: alice, action, scope: workspace }).verdict).toBe('allowed');
    const found = whoCan(access, { action, scope: workspace }).allowed.map(
      ({ request }) => request.principalId,
    );
    expect(found).toContain(emulator.user('bob@contoso').id);
    expect(access.unreadable).toEqual([]);
    expect(access.operations.map(({ name }) => name)).toContain(action);
    const hidden = redactAccess(access, { hideResources: true });
    expect(JSON.stringify(hidden)).not.toContain(alice);
    expect(whoCan(hidden, { action, scope: hidden.scopes[0]! }).allowed).toHaveLength(found.length);
  });

  describe('of a subscription', () => {
    const action = 'Microsoft.MachineLearningServices/workspaces/jobs/read';
    const roleName = "Job reader's role";
    const subscription = () => group.slice(0, group.indexOf('/resourceGroups/'));
    const namesOf = ({ roleDefinitions }: AccessCollection) => roleDefinitions.map((role) => role.roleName);
    /** A service without the filter for what is below, as one that knows it but not this role. */
    const unfiltered: typeof fetch = (input, init) => {
      const url = new URL(new Request(input, init).url);
      url.searchParams.delete('$filter');
      return emulator.fetch(new Request(url, new Request(input, init)));
    };

    const assign = (principalId: string, roleDefinitionId: string) =>
      createRoleAssignment(arm, {
        scope: workspace,
        principalId,
        principalType: 'ServicePrincipal',
        roleDefinitionId,
      });

    it('has the custom roles that are assignable only in a resource group of it', async () => {
      const access = await collectAccess(arm, { scopes: [subscription()] });
      expect(namesOf(access)).toContain(roleName);
      expect(namesOf(access)).toContain('Reader');
      expect(new Set(namesOf(access)).size).toBe(access.roleDefinitions.length);
    });

    it('has each role that a collected assignment names, whatever the listing leaves out', async () => {
      const without = await collectAccess(clientOf(emulator, 'platform-admin', unfiltered), {
        scopes: [subscription()],
      });
      expect(namesOf(without)).not.toContain(roleName);
      const principalId = emulator.app('auditor').objectId;
      const { id } = await getRoleDefinition(arm, { scope: group, role: roleName });
      await assign(principalId, id);
      const access = await collectAccess(clientOf(emulator, 'platform-admin', unfiltered), {
        scopes: [subscription()],
      });
      expect(namesOf(access).filter((name) => name === roleName)).toHaveLength(1);
      expect(decide(access, { principalId, action, scope: workspace }).verdict).toBe('allowed');
      expect(access.unreadable).toEqual([]);
    });

    it('names a role that an assignment names and the caller may not read', async () => {
      const { id } = await getRoleDefinition(arm, { scope: group, role: roleName });
      const principalId = emulator.app('auditor').objectId;
      await assign(principalId, id);
      const refused: typeof fetch = (input, init) => {
        const isRole = /\/roleDefinitions\/[^/]+$/.test(new URL(new Request(input, init).url).pathname);
        const error = { code: 'AuthorizationFailed', message: 'No.' };
        return isRole ? Promise.resolve(Response.json({ error }, { status: 403 })) : unfiltered(input, init);
      };
      const access = await collectAccess(clientOf(emulator, 'platform-admin', refused), {
        scopes: [subscription()],
      });
      const guid = id.slice(id.lastIndexOf('/') + 1);
      expect(access.unreadable.map(({ part }) => part)).toEqual([`role definition ${guid}`]);
    });

    it('plans nothing again for a role of a resource group that nobody has yet', async () => {
      const wanted = await parseAccessFile(`
version: 1
scopes: [${subscription()}]
roles:
  - name: Job lister
    permissions: [{ actions: [${action}] }]
    assignableScopes: [${group}]
`);
      const now = async () => planAccess(wanted, await collectAccess(arm, { scopes: wanted.scopes }));
      const first = await now();
      expect(first.steps.map(({ kind }) => kind)).toEqual(['createRole']);
      await applyAccessPlan(arm, first);
      expect((await now()).steps).toEqual([]);
    });
  });

  it('knows what may be activated, and what was', async () => {
    const principalId = emulator.app('auditor').objectId;
    const properties = { scope: workspace, principalId, roleDefinitionId: roles.scientist };
    const origin = `${workspace}/providers/Microsoft.Authorization/roleAssignments/A1`;
    const answers: Record<string, readonly unknown[]> = {
      roleEligibilityScheduleInstances: [{ id: 'e1', properties }],
      roleAssignmentScheduleInstances: [
        { properties: { assignmentType: 'Activated', originRoleAssignmentId: origin } },
        { properties: { assignmentType: 'Assigned', originRoleAssignmentId: 'other' } },
      ],
    };
    const answering: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      const value = answers[new URL(request.url).pathname.split('/').at(-1) ?? ''];
      return value === undefined ? emulator.fetch(request) : Response.json({ value });
    };
    const access = await collectAccess(clientOf(emulator, 'platform-admin', answering), { scopes: [group] });
    expect(access.activated).toEqual([origin.toLowerCase()]);
    const action = 'Microsoft.MachineLearningServices/workspaces/jobs/write';
    expect(decide(access, { principalId, action, scope: workspace }).eligible).toHaveLength(1);
    expect(parseAccessCollection(JSON.stringify(access))).toMatchObject({ activated: access.activated });
  });

  it('names what the caller may not read', async () => {
    const refused: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      const isRefused = /\/members$|\/denyAssignments$|ScheduleInstances$/.test(
        new URL(request.url).pathname,
      );
      const error = { code: 'Authorization_RequestDenied', message: 'No.' };
      return isRefused ? Response.json({ error }, { status: 403 }) : emulator.fetch(request);
    };
    const access = await collectAccess(clientOf(emulator, 'platform-admin', refused), {
      scopes: [group],
      graph: graphOf(emulator, 'platform-admin', refused),
    });
    expect(access.unreadable.map(({ part }) => part)).toEqual([
      `denyAssignments at ${group}`,
      `eligible assignments at ${group}`,
      'members of groups',
    ]);
    expect(access.memberOf).toBeUndefined();
  });

  it.each(['', '[]', '{"format":"aml-auth/access","version":2}'])('does not read %j', (text) => {
    expect(() => parseAccessCollection(text)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  });

  it('refuses what is no scope and no provider', async () => {
    await expect(collectAccess(arm, { scopes: ['ws1'] })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
    const providers = ['../providers'];
    await expect(collectAccess(arm, { scopes: [], providers })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
  });
});

describe('syncCatalogue', () => {
  it('has the roles and the operations of the tenant', async () => {
    const { roleDefinitions, operations } = await syncCatalogue(arm, {
      scope: group,
      providers: ['Microsoft.MachineLearningServices'],
    });
    const names = roleDefinitions.map(({ roleName }) => roleName);
    expect(names).toContain('AzureML Data Scientist');
    expect(names).toContain("Job reader's role");
    expect(new Set(operations.map(({ name }) => name.toLowerCase())).size).toBe(operations.length);
    expect(operations.length).toBeGreaterThan(100);
  });

  it('reads the providers that a workspace depends on by itself', async () => {
    const asked: string[] = [];
    const noting: typeof fetch = (input, init) => {
      const request = new Request(input, init);
      asked.push(/providerOperations\/([^?/]+)/.exec(request.url)?.[1] ?? '');
      return emulator.fetch(request);
    };
    await syncCatalogue(clientOf(emulator, 'platform-admin', noting), { scope: group });
    expect(asked).toContain('Microsoft.KeyVault');
    expect(asked).toContain('Microsoft.Storage');
  });
});
