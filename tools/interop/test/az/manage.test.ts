import { fromClientSecret } from '@aml-auth/credentials';
import type { EmulatorSnapshot, Exchange } from '@aml-auth/emulator';
import {
  createGraphClient,
  createRoleDefinition,
  deleteRoleDefinition,
  getRoleDefinition,
  listRoleAssignments,
  parseRoleDefinitionDraft,
  resolvePrincipal,
  shareWorkspace,
  unshareWorkspace,
  updateRoleDefinition,
  type GraphClient,
} from '@aml-auth/rbac';
import { createArmClient, type ArmClient } from '@aml-auth/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { withAz, type Az } from '../support/az.ts';
import { requestLines } from '../support/request-lines.ts';

const running = withAz();
const steps = [
  'create a role',
  'show it',
  'change it',
  'share the workspace by application id',
  'share it again',
  'list what was shared',
  'take it back',
  'delete the role',
] as const;
type Step = (typeof steps)[number];

/** What a step asked of Azure, and the roles and assignments that were there afterwards. */
interface Trace {
  readonly requests: readonly string[];
  readonly written: readonly unknown[];
  readonly state: unknown;
}

/** What both ask where somebody is named by application id; we look for an object id as well, at the same time. */
const SERVICE_PRINCIPAL = "GET graph:/servicePrincipals where servicePrincipalNames/any(c:c eq '{id}')";
const PRINCIPAL = [
  "GET graph:/servicePrincipals where appId eq '{id}'",
  'POST graph:/directoryObjects/getByIds {ids, types}',
];
const ROLE_BY_NAME = "GET {subscription}/roleDefinitions where roleName eq 'Job runner'";
const ROLE_THERE = "GET {workspace}/roleDefinitions where roleName eq 'Job runner'";
const HELD = "GET {workspace}/roleAssignments where principalId eq '{id}'";
const ASSIGN = 'PUT {workspace}/roleAssignments/{id} {principalId, principalType, roleDefinitionId}';
/** az reads every role and asks for the names of all principals to print them. */
const TO_PRINT = ['GET {workspace}/roleDefinitions', 'POST graph:/directoryObjects/getByIds {ids, types}'];

/** Every request of every step, and why they differ. */
const EXPECTED: Readonly<Record<Step, { az: readonly string[]; us: readonly string[]; why: string }>> = {
  'create a role': {
    az: ['PUT {subscription}/roleDefinitions/{id} {assignableScopes, description, permissions, roleName}'],
    us: [
      'GET {subscription}/roleDefinitions/{id}',
      ROLE_BY_NAME,
      'PUT {subscription}/roleDefinitions/{id} {assignableScopes, description, permissions, roleName, type}',
    ],
    why: 'we look first whether the role is there, so that the second time is no error; type says CustomRole',
  },
  'show it': {
    az: ['GET {subscription}/roleDefinitions'],
    us: [ROLE_BY_NAME],
    why: 'az reads all roles and picks one',
  },
  'change it': {
    az: [
      'GET {subscription}/roleDefinitions',
      'PUT {subscription}/roleDefinitions/{id} {assignableScopes, description, permissions, roleName}',
    ],
    us: [
      ROLE_BY_NAME,
      'PUT {subscription}/roleDefinitions/{id} {assignableScopes, description, permissions, roleName, type}',
    ],
    why: 'as above',
  },
  'share the workspace by application id': {
    az: [SERVICE_PRINCIPAL, ROLE_THERE, ASSIGN],
    us: [...PRINCIPAL, 'GET {workspace}', ROLE_THERE, HELD, 'GET {workspace}/roleAssignments/{id}', ASSIGN],
    why: 'we read first whether the workspace is there, and whether the role is',
  },
  'share it again': {
    az: [
      SERVICE_PRINCIPAL,
      ROLE_THERE,
      ASSIGN,
      SERVICE_PRINCIPAL,
      'GET {workspace}/roleAssignments where atScope()',
      ROLE_THERE,
      ...TO_PRINT,
    ],
    us: [...PRINCIPAL, 'GET {workspace}', ROLE_THERE, HELD],
    why: 'az writes under a new name, is refused (409), and looks for the one that is there',
  },
  'list what was shared': {
    az: ['GET {workspace}/roleAssignments where atScope()', ...TO_PRINT],
    us: [...PRINCIPAL, HELD],
    why: 'we ask for those of one principal',
  },
  'take it back': {
    az: [
      SERVICE_PRINCIPAL,
      'GET {workspace}/roleAssignments where atScope()',
      ROLE_THERE,
      'DELETE {workspace}/roleAssignments/{id}',
    ],
    us: [...PRINCIPAL, 'GET {workspace}', ROLE_THERE, HELD, 'DELETE {workspace}/roleAssignments/{id}'],
    why: 'as above',
  },
  'delete the role': {
    az: ['GET {subscription}/roleDefinitions', 'DELETE {subscription}/roleDefinitions/{id}'],
    us: [ROLE_BY_NAME, 'DELETE {subscription}/roleDefinitions/{id}'],
    why: 'az reads all roles and picks one',
  },
};

let az: Az;
let arm: ArmClient;
let graph: GraphClient;
let start: EmulatorSnapshot;
const theirs = new Map<Step, Trace>();
const ours = new Map<Step, Trace>();

const subscription = (): string => `/subscriptions/${running().emulator.subscription().id}`;
const role = (description: string): Record<string, unknown> => ({
  Name: 'Job runner',
  Description: description,
  Actions: ['Microsoft.MachineLearningServices/workspaces/jobs/*'],
  NotActions: ['Microsoft.MachineLearningServices/workspaces/jobs/delete'],
  AssignableScopes: [subscription()],
});

function azSteps(): Readonly<Record<Step, () => Promise<unknown>>> {
  const { clientId } = running().emulator.app('auditor');
  const scope = running().emulator.workspace().id;
  const write = (verb: string, description: string) =>
    az.json('role', 'definition', verb, '--role-definition', JSON.stringify(role(description)));
  const assignment = (verb: string) =>
    az.json(
      ...['role', 'assignment', verb, '--assignee', clientId, '--role', 'Job runner', '--scope', scope],
    );
  return {
    'create a role': () => write('create', 'Runs jobs'),
    'show it': () => az.json('role', 'definition', 'list', '--name', 'Job runner'),
    'change it': () => write('update', 'Runs jobs, and more'),
    'share the workspace by application id': () => assignment('create'),
    'share it again': () => assignment('create'),
    'list what was shared': () => az.json('role', 'assignment', 'list', '--scope', scope),
    'take it back': () => assignment('delete'),
    'delete the role': () =>
      az.json('role', 'definition', 'delete', '--name', 'Job runner', '--custom-role-only', 'true'),
  };
}

function ourSteps(): Readonly<Record<Step, () => Promise<unknown>>> {
  const { clientId: principal } = running().emulator.app('auditor');
  const scope = subscription();
  const share = { workspace: running().emulator.workspace().id, principal, role: 'Job runner', graph };
  return {
    'create a role': () => createRoleDefinition(arm, parseRoleDefinitionDraft(role('Runs jobs'))),
    'show it': () => getRoleDefinition(arm, { scope, role: 'Job runner' }),
    'change it': () =>
      updateRoleDefinition(arm, { scope, role: 'Job runner', description: 'Runs jobs, and more' }),
    'share the workspace by application id': () => shareWorkspace(arm, share),
    'share it again': () => shareWorkspace(arm, share),
    'list what was shared': async () => {
      const { objectId } = await resolvePrincipal(graph, principal);
      const list = listRoleAssignments(arm, { scope: share.workspace, principalId: objectId });
      for await (const item of list) expect(item.principalId).toBe(objectId);
    },
    'take it back': () => unshareWorkspace(arm, share),
    'delete the role': () => deleteRoleDefinition(arm, { scope, role: 'Job runner' }),
  };
}

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
  await run(azSteps(), theirs);
  emulator.restore(start);
  await run(ourSteps(), ours);
});

afterAll(() => {
  running().emulator.restore(start);
});

async function run(
  script: Readonly<Record<Step, () => Promise<unknown>>>,
  traces: Map<Step, Trace>,
): Promise<void> {
  const { emulator } = running();
  for (const step of steps) {
    const last = emulator.requests.at(-1)?.sequence ?? 0;
    await script[step]();
    const exchanges = emulator.requests.filter(({ sequence }) => sequence > last);
    traces.set(step, {
      requests: requestLines(emulator, exchanges),
      written: exchanges.filter(({ method }) => method === 'PUT').map(bodyOf),
      state: stateNow(),
    });
  }
}

/** The body of a write, without what is a name of the tool's own choice. */
function bodyOf({ request, status }: Exchange): unknown {
  const { properties } = JSON.parse(request.body ?? '{}') as { properties: Record<string, unknown> };
  const { type: _type, roleDefinitionId, permissions, ...rest } = properties;
  const entries = (permissions ?? []) as readonly Record<string, readonly string[]>[];
  return {
    status,
    ...rest,
    // The id of the role is another in each run.
    hasRole: typeof roleDefinitionId === 'string' && roleDefinitionId.startsWith(subscription()),
    permissions: entries.map(({ actions = [], notActions = [], dataActions = [], notDataActions = [] }) => ({
      actions,
      notActions,
      dataActions,
      notDataActions,
    })),
  };
}

/** Which custom roles there are, and who has which role where; without ids and times. */
function stateNow(): unknown {
  const { roleDefinitions, roleAssignments } = running().emulator.snapshot().tables as Readonly<
    Record<string, Readonly<Record<string, Record<string, unknown>>>>
  >;
  const roles = Object.values(roleDefinitions ?? {});
  const nameOf = (id: unknown): unknown =>
    roles.find((row) => String(id).endsWith(String(row['id'])))?.['roleName'] ?? id;
  return {
    roles: roles.map(({ roleName, description, permissions, assignableScopes }) => ({
      roleName,
      description,
      permissions,
      assignableScopes,
    })),
    assignments: Object.values(roleAssignments ?? {}).map((row) => ({
      scope: row['scope'],
      principalId: row['principalId'],
      principalType: row['principalType'],
      role: nameOf(row['roleDefinitionId']),
    })),
  };
}

describe.each(steps)('to %s, az and we', (step) => {
  const { why } = EXPECTED[step];

  test(`send these requests: ${why}`, () => {
    const lines = (trace: Trace | undefined) => [...(trace?.requests ?? [])].sort();
    expect(lines(theirs.get(step))).toEqual([...EXPECTED[step].az].sort());
    expect(lines(ours.get(step))).toEqual([...EXPECTED[step].us].sort());
  });

  test('write the same', () => {
    // The refused second assignment is the one write that we do not make.
    const accepted = theirs.get(step)?.written.filter((body) => (body as { status: number }).status !== 409);
    expect(ours.get(step)?.written).toEqual(accepted);
  });

  test('leave the same roles and assignments', () => {
    expect(ours.get(step)?.state).toEqual(theirs.get(step)?.state);
  });
});

test('in the end nothing is left of it', () => {
  const first = ours.get('delete the role')?.state as { roles: unknown; assignments: readonly unknown[] };
  expect(first.roles).toEqual([]);
  expect(first.assignments).toHaveLength(
    Object.keys((start.tables as Record<string, object>)['roleAssignments'] ?? {}).length,
  );
});
