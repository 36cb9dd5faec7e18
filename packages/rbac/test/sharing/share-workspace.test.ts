import { isAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import type { Emulator, EmulatorSnapshot } from '@aml-auth/emulator';
import {
  createRoleAssignment,
  createRoleDefinition,
  listRoleAssignments,
  parseAccessReceipt,
  revokeAccess,
  shareWorkspace,
  unshareWorkspace,
  waitForAccess,
  type AccessReceipt,
  type GraphClient,
  type ShareWorkspaceOptions,
} from '@aml-auth/rbac';
import { createArmClient, type ArmClient } from '@aml-auth/rest';
import { fromClientSecret } from '@aml-auth/credentials';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { clientOf, collect, graphOf, roles, startDemo } from '../support/emulated.js';

let emulator: Emulator;
let start: EmulatorSnapshot;
let arm: ArmClient;
let graph: GraphClient;
let workspace: string;
/** A custom role of another resource group. */
let elsewhere: string;
let dependents: Record<string, string>;

beforeAll(async () => {
  emulator = await startDemo();
  arm = clientOf(emulator, 'platform-admin');
  graph = graphOf(emulator, 'platform-admin');
  workspace = emulator.workspace('ws1').id;
  const { body } = await arm.request({ method: 'GET', path: workspace, apiVersion: '2024-10-01' });
  const { role } = await createRoleDefinition(arm, {
    roleName: 'Elsewhere',
    permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
    assignableScopes: [`/subscriptions/${emulator.subscription().id}/resourceGroups/rg-ml2`],
  });
  elsewhere = role.id;
  start = emulator.snapshot();
  dependents = (body as { properties: Record<string, string> }).properties;
});

beforeEach(() => {
  emulator.restore(start);
});

afterEach(() => {
  emulator.faults.clear();
});

afterAll(() => emulator.close());

const auditor = (): { objectId: string; type: 'ServicePrincipal' } => ({
  objectId: emulator.app('auditor').objectId,
  type: 'ServicePrincipal',
});
const share = (more: Partial<ShareWorkspaceOptions> = {}): Promise<AccessReceipt> =>
  shareWorkspace(arm, { workspace, principal: auditor(), ...more });

/** Role and scope of everything that is assigned, the seed included. */
async function state(): Promise<readonly string[]> {
  const scope = `/subscriptions/${emulator.subscription().id}`;
  const found = await collect(listRoleAssignments(arm, { scope }));
  return found.map((one) => `${one.principalId} ${one.roleDefinitionId.slice(-36)} ${one.scope}`).sort();
}

const writes = () => emulator.requests.filter(({ method }) => method === 'PUT' || method === 'DELETE').length;

async function failure(promise: Promise<unknown>): Promise<AmlAuthError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isAmlAuthError(error)) return error;
  throw new Error('It did not fail.');
}

const outcomes = ({ steps }: AmlAuthError) => steps?.map(({ outcome }) => outcome);

describe('shareWorkspace', () => {
  it.each<[string, () => Partial<ShareWorkspaceOptions>, () => string]>([
    [
      'an object id',
      () => ({ principal: emulator.app('auditor').objectId, graph }),
      () => auditor().objectId,
    ],
    [
      'an application id',
      () => ({ principal: emulator.app('auditor').clientId, graph }),
      () => auditor().objectId,
    ],
    [
      'a user principal name',
      () => ({ principal: emulator.user('bob@contoso').name, graph }),
      () => emulator.user('bob@contoso').id,
    ],
    [
      'the name of a group',
      () => ({ principal: 'data-science', graph }),
      () => emulator.group('data-science').id,
    ],
    ['an object id with its type, without Microsoft Graph', () => ({}), () => auditor().objectId],
  ])('gives the role to %s', async (_what, options, objectId) => {
    const asked = emulator.requests.length;
    const receipt = await share(options());
    expect(receipt).toMatchObject({
      version: 1,
      principal: { objectId: objectId() },
      grants: [
        {
          scope: workspace,
          roleDefinitionId: roles.scientist,
          roleName: 'AzureML Data Scientist',
          outcome: 'created',
        },
      ],
      warnings: [],
    });
    expect(await state()).toContain(`${objectId()} ${roles.scientist} ${workspace}`);
    const isAsked = emulator.requests.slice(asked).some(({ path }) => path.includes('/v1.0/'));
    expect(isAsked).toBe(options().graph !== undefined);
  });

  it.each(['reader', roles.reader, `/providers/Microsoft.Authorization/roleDefinitions/${roles.reader}`])(
    'takes the role %s',
    async (role) => {
      const { grants } = await share({ role });
      expect(grants).toMatchObject([{ roleDefinitionId: roles.reader, roleName: 'Reader' }]);
    },
  );

  it('is the same the second time, and writes nothing then', async () => {
    const first = await share({ dependents: 'write' });
    const after = await state();
    const before = writes();
    const second = await share({ dependents: 'write' });
    expect(second.grants).toEqual(first.grants.map((grant) => ({ ...grant, outcome: 'existing' })));
    expect([await state(), writes()]).toEqual([after, before]);
  });

  it('shares what the workspace keeps beside itself, where it is asked for', async () => {
    const { grants, warnings } = await share({ dependents: 'read' });
    expect(grants.map(({ scope, roleName }) => [scope, roleName])).toEqual([
      [workspace, 'AzureML Data Scientist'],
      [dependents['storageAccount'], 'Storage Blob Data Reader'],
      [dependents['keyVault'], 'Key Vault Secrets User'],
      [dependents['applicationInsights'], 'Reader'],
    ]);
    expect(warnings).toEqual([
      'The workspace has no registry: nothing was shared there.',
      expect.stringContaining('access policies'),
    ]);
  });

  it('shares each dependent as it is told', async () => {
    const { grants, warnings } = await share({
      dependents: { storage: 'write', insights: { role: 'Contributor' } },
    });
    expect(grants.slice(1).map(({ scope, roleName }) => [scope, roleName])).toEqual([
      [dependents['storageAccount'], 'Storage Blob Data Contributor'],
      [dependents['storageAccount'], 'Storage File Data Privileged Contributor'],
      [dependents['applicationInsights'], 'Contributor'],
    ]);
    expect(warnings).toEqual([]);
  });

  it.each<[string, () => Partial<ShareWorkspaceOptions>, string]>([
    ['a workspace that is not there', () => ({ workspace: `${workspace}9` }), 'AML_NOT_FOUND'],
    [
      'an id of anything else',
      () => ({ workspace: workspace.replace(/\/workspaces.*/, '') }),
      'AML_CONFIG_INVALID',
    ],
    ['a role that is not there', () => ({ role: 'Emperor' }), 'AML_NOT_FOUND'],
    [
      'a dependent that it does not have',
      () => ({ dependents: { registry: 'read' as const } }),
      'AML_NOT_FOUND',
    ],
    ['an access that is none', () => ({ dependents: { storage: 'all' as 'read' } }), 'AML_CONFIG_INVALID'],
    ['a name without Microsoft Graph', () => ({ principal: 'data-science' }), 'AML_CONFIG_INVALID'],
    [
      'a custom role that cannot be assigned there',
      () => ({ dependents: { storage: { role: elsewhere } } }),
      'AML_CONFIG_INVALID',
    ],
    ['nobody', () => ({ principal: 'nobody', graph }), 'AML_NOT_FOUND'],
  ])('writes nothing for %s', async (_what, options, code) => {
    const before = writes();
    expect(await failure(share(options()))).toMatchObject({ code, steps: undefined });
    expect(writes()).toBe(before);
  });

  it('writes nothing where one of the roles is there under a condition', async () => {
    await createRoleAssignment(arm, {
      scope: dependents['storageAccount']!,
      principalId: auditor().objectId,
      principalType: 'ServicePrincipal',
      roleDefinitionId: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
      condition: "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'x'",
    });
    const before = writes();
    expect(await failure(share({ dependents: 'read' }))).toMatchObject({ code: 'AML_CONFLICT' });
    expect(writes()).toBe(before);
  });
});

describe('taking access back', () => {
  it('leaves what was there before, and nothing else', async () => {
    await share();
    const before = await state();
    const receipt = await share({ dependents: 'read' });
    const kept = JSON.parse(JSON.stringify(receipt)) as AccessReceipt;
    const taken = await unshareWorkspace(arm, { receipt: kept });
    expect(taken.revoked.map(({ roleName }) => roleName)).toEqual([
      'Reader',
      'Key Vault Secrets User',
      'Storage Blob Data Reader',
    ]);
    expect(taken.kept).toMatchObject([{ scope: workspace }]);
    expect(await state()).toEqual(before);
    expect(await revokeAccess(arm, kept)).toMatchObject({ revoked: [], absent: [{}, {}, {}] });
  });

  it('takes a share back by what it was, whoever made it and under which name', async () => {
    const before = await state();
    const name = crypto.randomUUID();
    await arm.request({
      method: 'PUT',
      path: `${workspace}/providers/Microsoft.Authorization/roleAssignments/${name}`,
      apiVersion: '2022-04-01',
      body: {
        properties: {
          principalId: auditor().objectId,
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roles.scientist}`,
        },
      },
    });
    await share({ dependents: { storage: 'read' } });
    const options = { workspace, principal: emulator.app('auditor').clientId, graph };
    const taken = await unshareWorkspace(arm, { ...options, dependents: { storage: 'read' } });
    expect(taken).toMatchObject({ revoked: [{}, {}], absent: [], kept: [] });
    expect(await state()).toEqual(before);
    expect(await unshareWorkspace(arm, options)).toMatchObject({ revoked: [], absent: [{}] });
  });

  it('finds nothing at a workspace that is gone', async () => {
    const options = { workspace: `${workspace}9`, principal: auditor() };
    expect(await unshareWorkspace(arm, options)).toEqual({ revoked: [], absent: [], kept: [] });
  });

  it('leaves an assignment alone that is not the one of the receipt', async () => {
    const receipt = await share();
    const before = await state();
    const other = {
      ...receipt,
      principal: { ...receipt.principal, objectId: emulator.app('trainer').objectId },
    };
    expect(await failure(revokeAccess(arm, other))).toMatchObject({
      code: 'AML_CONFLICT',
      steps: [{ outcome: 'failed' }],
    });
    expect(await state()).toEqual(before);
  });

  it('goes on after a failure, and names what is left', async () => {
    const receipt = await share({ dependents: 'read' });
    emulator.faults.add({
      match: { method: 'DELETE', nth: 2 },
      do: { status: 409, body: { error: { code: 'ScopeLocked', message: 'Locked.' } } },
    });
    const error = await failure(revokeAccess(arm, receipt));
    expect(error).toMatchObject({ code: 'AML_CONFLICT', armCode: 'ScopeLocked' });
    expect(error.message).toContain('1 of 4');
    expect(outcomes(error)).toEqual(['done', 'failed', 'done', 'done']);
    expect(error.steps?.[1]).toMatchObject({ id: receipt.grants[2]!.id });
    expect(await revokeAccess(arm, receipt)).toMatchObject({ revoked: [{}], absent: [{}, {}, {}] });
  });

  it.each([
    undefined,
    {},
    { version: 2 },
    { version: 1, principal: { objectId: 'x', type: 'User' }, grants: [] },
  ])('refuses %j as a receipt', (input) => {
    expect(() => parseAccessReceipt(input)).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
  });
});

describe('a share that stops halfway', () => {
  const locked = () =>
    emulator.faults.add({
      match: { method: 'PUT', path: '**/roleAssignments/*', nth: 3 },
      do: { status: 409, body: { error: { code: 'ScopeLocked', message: 'Locked.' } } },
    });

  it('takes back what it did, and names every step', async () => {
    const before = await state();
    locked();
    const error = await failure(share({ dependents: 'read' }));
    expect(error).toMatchObject({ code: 'AML_CONFLICT', armCode: 'ScopeLocked', status: 409 });
    expect(error.message).toContain('at the step "assign Key Vault Secrets User at');
    expect(error.remedy).toContain('make the same call again');
    expect(outcomes(error)).toEqual(['undone', 'undone', 'failed', 'notStarted']);
    expect(await state()).toEqual(before);
  });

  it('names what it could not take back, and goes on from there', async () => {
    const before = await state();
    locked();
    emulator.faults.add({
      match: { method: 'DELETE', path: '**/roleAssignments/*' },
      do: { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } },
    });
    let plan: AccessReceipt | undefined;
    const onReceipt = (receipt: AccessReceipt): void => {
      plan ??= receipt;
    };
    const error = await failure(share({ dependents: 'read', onReceipt }));
    expect(outcomes(error)).toEqual(['notUndone', 'notUndone', 'failed', 'notStarted']);
    for (const { id } of error.steps!.slice(0, 2)) expect(error.remedy).toContain(id);
    emulator.faults.clear();
    const again = await share({ dependents: 'read' });
    expect(again.grants.map(({ outcome }) => outcome)).toEqual([
      'existing',
      'existing',
      'created',
      'created',
    ]);
    // The receipt from before the first write still takes everything back.
    await revokeAccess(arm, plan!);
    expect(await state()).toEqual(before);
  });

  it('keeps what it did where it is told to', async () => {
    locked();
    const error = await failure(share({ dependents: 'read', onFailure: 'keep' }));
    expect(outcomes(error)).toEqual(['done', 'done', 'failed', 'notStarted']);
    const again = await share({ dependents: 'read' });
    expect(again.grants.map(({ outcome }) => outcome)).toEqual([
      'existing',
      'existing',
      'created',
      'created',
    ]);
  });

  it('can be taken back after a crash between any two steps, with the receipt of then', async () => {
    const before = await state();
    const total = (await share({ dependents: 'write' })).grants.length;
    emulator.restore(start);
    for (let crash = 0; crash <= total; crash += 1) {
      const kept: string[] = [];
      // The process ends: nothing that follows is sent, the undoing included.
      const dying: typeof fetch = (input, init) =>
        kept.length > crash ? new Promise(() => undefined) : emulator.fetch(input, init);
      const client = clientOf(emulator, 'platform-admin', dying);
      const ended = new Promise<void>((resolve) => {
        const onReceipt = (receipt: AccessReceipt): void => {
          kept.push(JSON.stringify(receipt));
          if (kept.length > crash) resolve();
        };
        void shareWorkspace(client, { workspace, principal: auditor(), dependents: 'write', onReceipt });
      });
      await ended;
      expect((await state()).length - before.length).toBe(crash);
      await revokeAccess(arm, parseAccessReceipt(JSON.parse(kept.at(-1)!)));
      expect(await state()).toEqual(before);
    }
  });

  it('is open about a write that got no answer', async () => {
    const losing: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      return request.method === 'GET'
        ? emulator.fetch(request)
        : Promise.reject(new TypeError('fetch failed'));
    };
    const client = clientOf(emulator, 'platform-admin', losing, {
      clock: manualClock(),
      timeLimits: { totalMs: 100 },
    });
    const error = await failure(shareWorkspace(client, { workspace, principal: auditor() }));
    expect(error.code).toBe('AML_NETWORK');
    expect(outcomes(error)).toEqual(['unclear']);
    expect(error.remedy).toContain('may be there');
  });

  it('takes back what it did where the caller cancels', async () => {
    const before = await state();
    const controller = new AbortController();
    const onReceipt = ({ grants }: AccessReceipt): void => {
      if (grants[1]?.outcome === 'created') controller.abort();
    };
    const error = await failure(share({ dependents: 'read', onReceipt, signal: controller.signal }));
    expect(error.code).toBe('AML_CANCELLED');
    expect(outcomes(error)).toEqual(['undone', 'undone', 'unclear', 'notStarted']);
    expect(await state()).toEqual(before);
  });

  it('takes back what it did where the receipt cannot be kept', async () => {
    const before = await state();
    const onReceipt = ({ grants }: AccessReceipt): void => {
      if (grants[0]?.outcome === 'created') throw new Error('disk full');
    };
    const error = await failure(share({ dependents: 'read', onReceipt }));
    expect(outcomes(error)).toEqual(['undone', 'notStarted', 'notStarted', 'notStarted']);
    expect(await state()).toEqual(before);
  });

  it('takes back what it did where Azure throttles it for too long', async () => {
    const before = await state();
    emulator.faults.add({ preset: '429', retryAfter: 600, match: { method: 'PUT', nth: 2 } });
    const client = clientOf(emulator, 'platform-admin', emulator.fetch, { rateLimits: 'none' });
    const error = await failure(
      shareWorkspace(client, { workspace, principal: auditor(), dependents: 'read' }),
    );
    expect(error).toMatchObject({ code: 'AML_THROTTLED', retryAfterMs: 600_000 });
    expect(outcomes(error)).toEqual(['undone', 'failed', 'notStarted', 'notStarted']);
    expect(await state()).toEqual(before);
  });

  it('waits for its turn where Azure throttles it', async () => {
    emulator.faults.add({ preset: '429', retryAfter: 1, times: 2, match: { method: 'PUT' } });
    const clock = manualClock();
    const client = clientOf(emulator, 'platform-admin', emulator.fetch, {
      rateLimits: 'none',
      clock: {
        ...clock,
        schedule: (ms, run) => (ms > 30_000 ? () => undefined : (setImmediate(run), () => undefined)),
      },
    });
    const receipt = await shareWorkspace(client, { workspace, principal: auditor(), dependents: 'read' });
    expect(receipt.grants.every(({ outcome }) => outcome === 'created')).toBe(true);
    expect(emulator.faults.list()[0]).toMatchObject({ hits: 2 });
  });
});

describe('waiting for access', () => {
  const grantee = () => {
    const { cloud, fetch } = emulator;
    const { tenantId, clientId, secret = '' } = emulator.app('auditor');
    const credential = fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud, fetch });
    return createArmClient({ credential, cloud, fetch });
  };

  it('ends when the role is in effect for whoever got it', async () => {
    emulator.faults.add({ match: { method: 'PUT' }, do: { replicationDelayMs: 4_000 } });
    const clock = manualClock();
    const waits: number[] = [];
    const onWait = ({ delayMs, missing }: { delayMs: number; missing: readonly unknown[] }): void => {
      waits.push(missing.length);
      queueMicrotask(() => {
        emulator.clock.advance(delayMs);
        clock.advance(delayMs);
      });
    };
    await share({ dependents: 'read', wait: { as: grantee(), onWait }, clock });
    // The reader of the subscription is a reader of Application Insights already.
    expect(waits).toEqual([3, 3, 3]);
  });

  it('goes on while a part of the role is not in effect', async () => {
    const lists = { notActions: [], dataActions: [], notDataActions: [] };
    const write = 'Microsoft.MachineLearningServices/workspaces/jobs/write';
    const { role } = await createRoleDefinition(arm, {
      roleName: 'Two parts',
      permissions: [
        { actions: ['*/read'], ...lists },
        { actions: [write], ...lists },
      ],
      assignableScopes: [`/subscriptions/${emulator.subscription().id}`],
    });
    emulator.faults.add({ match: { method: 'PUT' }, do: { replicationDelayMs: 3_600_000 } });
    const receipt = await share({ role: role.id });
    const clock = manualClock();
    const onWait = ({ delayMs }: { delayMs: number }): void => {
      queueMicrotask(() => clock.advance(delayMs));
    };
    // Who got it may read everything before: that is one of the two parts.
    const waiting = waitForAccess(arm, receipt, { as: grantee(), timeoutMs: 5_000, onWait, clock });
    expect(await failure(waiting)).toMatchObject({ code: 'AML_TIMEOUT' });
  });

  it('ends at once without such a client: Azure lists what was assigned', async () => {
    const waits: unknown[] = [];
    await share({ wait: { onWait: (wait) => waits.push(wait) } });
    expect(waits).toEqual([]);
  });

  it('names what it cannot see in time, and takes nothing back', async () => {
    emulator.faults.add({ match: { method: 'PUT' }, do: { replicationDelayMs: 3_600_000 } });
    const clock = manualClock();
    const onWait = ({ delayMs }: { delayMs: number }): void => {
      queueMicrotask(() => clock.advance(delayMs));
    };
    const receipt = await share();
    const waiting = waitForAccess(arm, receipt, { as: grantee(), timeoutMs: 30_000, onWait, clock });
    expect(await failure(waiting)).toMatchObject({
      code: 'AML_TIMEOUT',
      message: `Assigned, and not in effect after 30 seconds: AzureML Data Scientist at ${workspace}.`,
    });
    expect(await state()).toContain(`${auditor().objectId} ${roles.scientist} ${workspace}`);
  });
});
