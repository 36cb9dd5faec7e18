import { manualClock } from '@aml-auth/core/testing';
import { fromClientSecret } from '@aml-auth/credentials';
import type { Emulator } from '@aml-auth/emulator';
import {
  createForRbac,
  deleteServicePrincipal,
  listRoleAssignments,
  shareWorkspace,
  showServicePrincipal,
  unshareWorkspace,
  type AccessReceipt,
  type CreatedForRbac,
  type GraphClient,
} from '@aml-auth/rbac';
import { createArmClient, parseWorkspaceId, type ArmClient } from '@aml-auth/rest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { clientOf, collect, graphOf, startDemo } from './support/emulated.js';

// The steps of Microsoft Learn, "Set up authentication for Azure Machine Learning resources and workflows": create a
// service principal, look at it, share a workspace with it, use it, and take it away again.

let emulator: Emulator;
let arm: ArmClient;
let graph: GraphClient;
let workspace: string;

beforeAll(async () => {
  emulator = await startDemo();
  arm = clientOf(emulator, 'platform-admin');
  graph = graphOf(emulator, 'platform-admin');
  workspace = emulator.workspace('ws1').id;
});

afterEach(() => {
  emulator.faults.clear();
});

afterAll(() => emulator.close());

async function holdings(): Promise<unknown> {
  const scope = `/subscriptions/${emulator.subscription().id}`;
  const assignments = await collect(listRoleAssignments(arm, { scope }));
  const applications = await collect(graph.list({ path: '/applications' }));
  const principals = await collect(graph.list({ path: '/servicePrincipals' }));
  return { assignments, applications, principals };
}

const make = (): Promise<CreatedForRbac> =>
  createForRbac(graph, {
    arm,
    application: { uniqueName: 'ml-auth', displayName: 'ml-auth' },
    credential: { kind: 'secret' },
  });

/** A client that signs in as what was made. */
function clientFor({ application, tenantId, credential }: CreatedForRbac): ArmClient {
  const { cloud, fetch } = emulator;
  const clientSecret = credential.kind === 'secret' ? credential.secret.reveal() : '';
  const { appId: clientId } = application;
  return createArmClient({
    credential: fromClientSecret({ tenantId, clientId, clientSecret, cloud, fetch }),
    cloud,
    fetch,
  });
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'ok',
    (error: unknown) => (error as { code: unknown }).code,
  );

/** Time passes for Azure as soon as somebody waits for it. */
function passing(): { clock: ReturnType<typeof manualClock>; onWait: (wait: { delayMs: number }) => void } {
  const clock = manualClock();
  return {
    clock,
    onWait({ delayMs }) {
      queueMicrotask(() => {
        emulator.clock.advance(delayMs);
        clock.advance(delayMs);
      });
    },
  };
}

/** The whole flow; what came of it, without ids and secrets. */
async function flow(): Promise<unknown> {
  const made = await make();
  const { appId } = made.application;
  const shown = await showServicePrincipal(graph, { principal: appId });
  const client = clientFor(made);
  const ref = parseWorkspaceId(workspace);
  const read = () => codeOf(client.workspaces.get(ref));
  const before = await read();

  const { clock, onWait } = passing();
  const receipt = await shareWorkspace(arm, {
    workspace,
    principal: { appId },
    graph,
    dependents: 'read',
    wait: { as: client, onWait },
    clock,
  });
  const shared = await read();
  const job = (method: 'PUT' | 'DELETE', path: string) =>
    codeOf(
      client.request({
        method,
        path,
        apiVersion: '2024-10-01',
        body: { properties: { jobType: 'Command', command: 'python train.py', environmentId: 'e' } },
      }),
    );
  const used = [await job('PUT', `${workspace}/jobs/first`), await job('DELETE', workspace)];

  const kept = JSON.parse(JSON.stringify(receipt)) as AccessReceipt;
  const taken = await unshareWorkspace(arm, { receipt: kept });
  const revoked = await read();
  const gone = await deleteServicePrincipal(graph, { arm, principal: appId });
  return {
    made: [made.application.displayName, made.application.created, made.servicePrincipal.created],
    shown: [shown.servicePrincipal.objectId === made.servicePrincipal.objectId, shown.credentials.length],
    grants: receipt.grants.map(({ scope, roleName, outcome }) => [scope, roleName, outcome]),
    access: { before, shared, used, revoked },
    taken: [taken.revoked.length, taken.absent.length, taken.kept.length],
    gone: gone.deleted,
  };
}

describe('the flow of the documentation', () => {
  it('has the same result the second time, and leaves nothing', async () => {
    const before = await holdings();
    const first = await flow();
    expect(first).toMatchObject({
      made: ['ml-auth', true, true],
      shown: [true, 1],
      grants: [
        [workspace, 'AzureML Data Scientist', 'created'],
        [expect.stringContaining('storageAccounts'), 'Storage Blob Data Reader', 'created'],
        [expect.stringContaining('vaults'), 'Key Vault Secrets User', 'created'],
        [expect.stringContaining('components'), 'Reader', 'created'],
      ],
      access: { before: 'AML_FORBIDDEN', shared: 'ok', revoked: 'AML_FORBIDDEN' },
      taken: [4, 0, 0],
      gone: true,
    });
    expect((first as { access: { used: unknown } }).access.used).toEqual(['ok', 'AML_FORBIDDEN']);
    expect(await holdings()).toEqual(before);
    expect(await flow()).toEqual(first);
    expect(await holdings()).toEqual(before);
  });

  it('has the same result where Azure learns late of what was written', async () => {
    const expected = await flow();
    emulator.faults.add({
      match: { method: 'PUT', path: '**/roleAssignments/*' },
      do: { replicationDelayMs: 20_000 },
    });
    expect(await flow()).toEqual(expected);
  });

  it('changes nothing where it is repeated before anything is taken away', async () => {
    const first = await make();
    const share = { workspace, principal: { appId: first.application.appId }, graph } as const;
    await shareWorkspace(arm, share);
    const { assignments } = (await holdings()) as { assignments: unknown };
    const again = await make();
    expect([again.application.created, again.servicePrincipal.created]).toEqual([false, false]);
    const receipt = await shareWorkspace(arm, share);
    expect(receipt.grants).toMatchObject([{ outcome: 'existing' }]);
    expect(((await holdings()) as { assignments: unknown }).assignments).toEqual(assignments);
    await unshareWorkspace(arm, share);
    await deleteServicePrincipal(graph, { arm, principal: first.application.appId });
  });
});
