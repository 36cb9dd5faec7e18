import { demoSeed } from '@aml-auth/emulator';
import { beforeAll, describe, expect, test } from 'vitest';

import { withAz, type Az } from '../support/az.ts';

const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const GROUPS = '/providers/Microsoft.Management/managementGroups';
const ROLE = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId';
const CONDITION = `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[${ROLE}] ForAnyOfAnyValues:GuidEquals {${READER}})) AND ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR (@Resource[${ROLE}] ForAnyOfAnyValues:GuidEquals {${READER}}))`;

const running = withAz({
  seed: {
    ...demoSeed,
    managementGroups: [
      { name: 'platform', displayName: 'Platform' },
      { name: 'data', parent: 'platform', subscriptions: ['dev'] },
    ],
    roleAssignments: [
      ...demoSeed.roleAssignments!,
      { principal: 'app:platform-admin', role: 'Owner', scope: 'managementGroup:platform' },
    ],
    denyAssignments: [{ name: 'Keep', scope: '/dev/rg-ml/ws1', actions: ['*/delete'] }],
  },
});

let az: Az;

async function signedIn(app: string): Promise<Az> {
  const { emulator, newAz } = running();
  const { clientId, tenantId, secret = '' } = emulator.app(app);
  const fresh = await newAz();
  const options = ['--tenant', tenantId, '-u', clientId, '-p', secret];
  await fresh.json('login', '--service-principal', '--allow-no-subscriptions', ...options);
  return fresh;
}

beforeAll(async () => {
  az = await signedIn('platform-admin');
});

const subscription = (): string => `/subscriptions/${running().emulator.subscription().id}`;
const assign = (role: string, scope: string, app: string, ...more: string[]): string[] => [
  ...['role', 'assignment', 'create', '--role', role, '--scope', scope],
  ...['--assignee-object-id', running().emulator.app(app).objectId],
  ...['--assignee-principal-type', 'ServicePrincipal', ...more],
];

describe('management groups', () => {
  test('are shown with what is below them', async () => {
    const show = ['account', 'management-group', 'show', '--name', 'platform', '-e', '-r', '--no-register'];
    expect(await az.json(...show)).toMatchObject({
      displayName: 'Platform',
      children: [{ name: 'data', children: [{ id: subscription() }] }],
    });
  });

  test('take role assignments, which a subscription lists as inherited', async () => {
    const made = await az.json(...assign('Reader', `${GROUPS}/platform`, 'trainer'));
    expect(made).toMatchObject({ scope: `${GROUPS}/platform` });
    const { objectId } = running().emulator.app('trainer');
    const list = ['rest', '--url', `${subscription()}/providers/Microsoft.Authorization/roleAssignments`];
    const query = [
      '--url-parameters',
      'api-version=2022-04-01',
      `$filter=atScope() and assignedTo('${objectId}')`,
    ];
    expect(await az.json(...list, ...query)).toMatchObject({
      value: [{ properties: { scope: `${GROUPS}/platform`, principalId: objectId } }],
    });
  });
});

describe('a delegate', () => {
  test('is made with a condition, and held to it', async () => {
    const scope = `${subscription()}/resourceGroups/rg-ml2`;
    const role = 'Role Based Access Control Administrator';
    const made = await az.json(
      ...assign(role, scope, 'auditor', '--condition', CONDITION, '--condition-version', '2.0'),
    );
    expect(made).toMatchObject({ condition: CONDITION, conditionVersion: '2.0' });
    const delegate = await signedIn('auditor');
    expect(await delegate.json(...assign(READER, scope, 'trainer'))).toMatchObject({ scope });
    const { code, stderr } = await delegate.run(assign(OWNER, scope, 'trainer'));
    expect(code).toBe(1);
    expect(stderr).toContain('(AuthorizationFailed)');
    expect(stderr).toContain('does not have authorization or an ABAC condition not fulfilled');
  });
});

test('a deny assignment is listed, and refuses an Owner', async () => {
  const workspace = running().emulator.workspace().id;
  const denials = ['rest', '--url', `${workspace}/providers/Microsoft.Authorization/denyAssignments`];
  expect(await az.json(...denials, '--url-parameters', 'api-version=2022-04-01')).toMatchObject({
    value: [{ properties: { denyAssignmentName: 'Keep' } }],
  });
  const remove = ['rest', '--method', 'delete', '--url', `${workspace}?api-version=2024-10-01`];
  const { code, stderr } = await az.run(remove);
  expect(code).toBe(1);
  expect(stderr).toContain('DenyAssignmentAuthorizationFailed');
});
