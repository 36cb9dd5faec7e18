import { fromClientSecret } from '@aml-auth/credentials';
import type { EmulatorSnapshot } from '@aml-auth/emulator';
import {
  createForRbac,
  createGraphClient,
  deleteServicePrincipal,
  shareWorkspace,
  showServicePrincipal,
  unshareWorkspace,
  type GraphClient,
} from '@aml-auth/rbac';
import { createArmClient, type ArmClient } from '@aml-auth/rest';
import { beforeAll, describe, expect, test } from 'vitest';

import { withAz, type Az } from '../support/az.ts';
import { requestLines } from '../support/request-lines.ts';

// The flow of Microsoft Learn, "Set up authentication for Azure Machine Learning resources and workflows", by az and by
// us: each of them twice in a row.

const running = withAz();
const steps = ['create', 'show', 'share', 'use', 'revoke', 'delete'] as const;
type Step = (typeof steps)[number];

/** A service principal as its maker hands it out. */
interface Made {
  readonly appId: string;
  readonly secret: string;
}

/** The steps of the flow by one tool. */
type Script = Readonly<Record<Exclude<Step, 'create'>, (made: Made) => Promise<unknown>>> & {
  readonly create: () => Promise<Made>;
};

/** What a run asked in each step, and what it came to. */
interface Run {
  readonly requests: Readonly<Partial<Record<Step, readonly string[]>>>;
  readonly result: Readonly<Partial<Record<Step, unknown>>>;
  readonly shared: unknown;
  readonly left: unknown;
}

let az: Az;
let arm: ArmClient;
let graph: GraphClient;
let start: EmulatorSnapshot;
let theirs: readonly Run[];
let ours: readonly Run[];

const ROLE = 'AzureML Data Scientist';
const workspace = (): string => running().emulator.workspace().id;

const azScript = (): Script => ({
  async create() {
    const made = (await az.json('ad', 'sp', 'create-for-rbac', '--name', 'ml-auth')) as Record<
      string,
      string
    >;
    return { appId: made['appId'] ?? '', secret: made['password'] ?? '' };
  },
  async show({ appId }) {
    const shown = (await az.json('ad', 'sp', 'show', '--id', appId)) as Record<string, unknown>;
    return shown['displayName'];
  },
  share: ({ appId }) => assignment('create', appId),
  async use({ appId, secret }) {
    const other = await running().newAz();
    const tenant = running().emulator.tenant().id;
    await other.json('login', '--service-principal', '-u', appId, '-p', secret, '--tenant', tenant);
    const url = `https://management.azure.com${workspace()}?api-version=2026-09-01`;
    return ((await other.json('rest', '--url', url)) as Record<string, unknown>)['name'];
  },
  revoke: ({ appId }) => assignment('delete', appId),
  async delete({ appId }) {
    await az.json('ad', 'sp', 'delete', '--id', appId);
    await az.json('ad', 'app', 'delete', '--id', appId);
  },
});

async function assignment(verb: string, appId: string): Promise<unknown> {
  await az.json(...['role', 'assignment', verb, '--assignee', appId, '--role', ROLE, '--scope', workspace()]);
  return undefined;
}

const ourScript = (): Script => ({
  async create() {
    const made = await createForRbac(graph, {
      application: { displayName: 'ml-auth' },
      credential: { kind: 'secret' },
    });
    const { credential, application } = made;
    return {
      appId: application.appId,
      secret: credential.kind === 'secret' ? credential.secret.reveal() : '',
    };
  },
  show: async ({ appId }) =>
    (await showServicePrincipal(graph, { principal: { appId } })).servicePrincipal.displayName,
  async share({ appId }) {
    await shareWorkspace(arm, { workspace: workspace(), principal: { appId }, graph, role: ROLE });
  },
  async use({ appId, secret }) {
    const { emulator } = running();
    const { cloud, fetch } = emulator;
    const credential = fromClientSecret({
      tenantId: emulator.tenant().id,
      clientId: appId,
      clientSecret: secret,
      cloud,
      fetch,
    });
    const client = createArmClient({ credential, cloud, fetch });
    const { subscriptionId, resourceGroup, name } = emulator.workspace();
    return (await client.workspaces.get({ subscriptionId, resourceGroup, workspaceName: name })).name;
  },
  async revoke({ appId }) {
    await unshareWorkspace(arm, { workspace: workspace(), principal: { appId }, graph, role: ROLE });
  },
  async delete({ appId }) {
    await deleteServicePrincipal(graph, { principal: { appId } });
  },
});

beforeAll(async () => {
  const { emulator, newAz } = running();
  const { clientId, tenantId, secret: clientSecret = '' } = emulator.app('platform-admin');
  start = emulator.snapshot();
  az = await newAz();
  await az.json('login', '--service-principal', '-u', clientId, '--tenant', tenantId, '-p', clientSecret);
  const { cloud, fetch } = emulator;
  const credential = fromClientSecret({ tenantId, clientId, clientSecret, cloud, fetch });
  arm = createArmClient({ credential, cloud, fetch });
  graph = createGraphClient({ credential, cloud, fetch });
  theirs = [await run(azScript()), await run(azScript())];
  emulator.restore(start);
  ours = [await run(ourScript()), await run(ourScript())];
});

async function run(script: Script): Promise<Run> {
  const { emulator } = running();
  const requests: Partial<Record<Step, readonly string[]>> = {};
  const result: Partial<Record<Step, unknown>> = {};
  let made: Made = { appId: '', secret: '' };
  let shared: unknown;
  for (const step of steps) {
    const last = emulator.requests.at(-1)?.sequence ?? 0;
    if (step === 'create') made = await script.create();
    else result[step] = await script[step](made);
    const asked = emulator.requests.filter(({ sequence }) => sequence > last);
    requests[step] = [...requestLines(emulator, asked)].sort();
    if (step === 'share') shared = holdings();
  }
  return { requests, result, shared, left: holdings() };
}

/** Applications, and who has which role where; with names in place of ids. */
function holdings(): unknown {
  const tables = running().emulator.snapshot().tables as Readonly<
    Record<string, Readonly<Record<string, Record<string, unknown>>>>
  >;
  const rows = (name: string) => Object.values(tables[name] ?? {});
  const principals = rows('servicePrincipals');
  const nameOf = (id: unknown) => principals.find((row) => row['id'] === id)?.['displayName'] ?? id;
  return {
    applications: rows('applications').map((row) => row['displayName']),
    principals: principals.map((row) => row['displayName']),
    assignments: rows('roleAssignments').map((row) => [
      nameOf(row['principalId']),
      row['principalType'],
      String(row['roleDefinitionId']).split('/').at(-1),
      row['scope'],
    ]),
  };
}

const SERVICE_PRINCIPAL = "GET graph:/servicePrincipals where servicePrincipalNames/any(c:c eq '{id}')";
const PRINCIPAL = "GET graph:/servicePrincipals where appId eq '{id}'";
const ROLE_BY_NAME = `GET {workspace}/roleDefinitions where roleName eq '${ROLE}'`;
const HELD = "GET {workspace}/roleAssignments where principalId eq '{id}'";
const ASSIGN = 'PUT {workspace}/roleAssignments/{id} {principalId, principalType, roleDefinitionId}';
const UNASSIGN = 'DELETE {workspace}/roleAssignments/{id}';

/** What is written in each step, and why it differs. */
const WRITES: Readonly<Record<Step, { az: readonly string[]; us: readonly string[]; why: string }>> = {
  create: {
    az: [
      'POST graph:/applications {displayName, keyCredentials}',
      'POST graph:/applications/{id}/addPassword {passwordCredential}',
      'POST graph:/servicePrincipals {accountEnabled, appId}',
    ],
    us: [
      'POST graph:/applications {displayName}',
      'POST graph:/applications/{id}/addPassword {passwordCredential}',
      'POST graph:/servicePrincipals {accountEnabled, appId}',
    ],
    why: 'az sends an empty list of keys',
  },
  show: { az: [], us: [], why: 'nothing is written' },
  share: { az: [ASSIGN], us: [ASSIGN], why: 'no difference' },
  use: { az: [], us: [], why: 'nothing is written' },
  revoke: { az: [UNASSIGN], us: [UNASSIGN], why: 'no difference' },
  delete: {
    az: ['DELETE graph:/applications/{id}', 'DELETE graph:/servicePrincipals/{id}'],
    us: ['DELETE graph:/applications/{id}'],
    why: 'the service principal goes with its application; az has a command for each',
  },
};

/** All requests of the steps in Azure Resource Manager, and why they differ. */
const REQUESTS = {
  share: {
    az: [SERVICE_PRINCIPAL, ROLE_BY_NAME, ASSIGN],
    us: [PRINCIPAL, 'GET {workspace}', ROLE_BY_NAME, HELD, 'GET {workspace}/roleAssignments/{id}', ASSIGN],
    why: 'we read first whether the workspace is there, and whether the role is',
  },
  use: {
    az: ['GET /subscriptions', 'GET {workspace}'],
    us: ['GET {workspace}'],
    why: 'az looks for subscriptions when it signs in',
  },
  revoke: {
    az: [SERVICE_PRINCIPAL, 'GET {workspace}/roleAssignments where atScope()', ROLE_BY_NAME, UNASSIGN],
    us: [PRINCIPAL, 'GET {workspace}', ROLE_BY_NAME, HELD, UNASSIGN],
    why: 'we ask for the assignments of one principal; az reads all and picks',
  },
} as const;

/** A POST to getByIds reads. */
const isWrite = (line: string): boolean => !line.startsWith('GET ') && !line.includes('getByIds');

describe.each(steps)('to %s', (step) => {
  test(`az and we write this: ${WRITES[step].why}`, () => {
    const written = ([first]: readonly Run[]) => first?.requests[step]?.filter(isWrite);
    expect(written(theirs)).toEqual([...WRITES[step].az].sort());
    expect(written(ours)).toEqual([...WRITES[step].us].sort());
  });
});

describe.each(['share', 'use', 'revoke'] as const)('to %s', (step) => {
  test(`az and we ask this: ${REQUESTS[step].why}`, () => {
    expect(theirs[0]?.requests[step]).toEqual([...REQUESTS[step].az].sort());
    expect(ours[0]?.requests[step]).toEqual([...REQUESTS[step].us].sort());
  });
});

describe.each([
  ['az', () => theirs],
  ['we', () => ours],
])('the flow by %s', (_who, runs) => {
  test('does the same the second time', () => {
    const [first, second] = runs();
    expect(second).toEqual(first);
  });
});

test('both come to the same, and leave nothing', () => {
  const { applications } = theirs[1]?.left as { applications: readonly unknown[] };
  expect(applications).not.toContain('ml-auth');
  expect(ours.map(({ requests: _, ...rest }) => rest)).toEqual(
    theirs.map(({ requests: _, ...rest }) => rest),
  );
});
