import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ClientSecretCredential } from '@azure/identity';
import { trustEmulator } from '@aml-auth/emulator';
import { delegationCondition, printCondition } from '@aml-auth/permissions';
import { beforeAll, describe, expect, test } from 'vitest';

import { accessSeed } from '../support/access-seed.js';
import { withEmulator } from '../support/with-emulator.js';

const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const NAME = 'c0ffee00-0000-4000-8000-000000000060';
const TOP = '/providers/Microsoft.Management/managementGroups/top';

const emulated = withEmulator({
  pageSize: 2,
  seed: {
    ...accessSeed,
    roleAssignments: [
      ...accessSeed.roleAssignments!,
      { principal: 'group:data-science', role: 'Owner', scope: '/dev', eligible: true, ends: '+90d' },
      {
        principal: 'app:delegate',
        role: 'Role Based Access Control Administrator',
        scope: '/dev',
        condition: printCondition(delegationCondition({ roles: [READER] })),
      },
    ],
    denyAssignments: [
      {
        name: 'Keep',
        scope: '/dev/rg-ml',
        actions: ['*/delete'],
        excludePrincipals: ['app:platform-admin'],
      },
    ],
  },
});

beforeAll(() => {
  trustEmulator(emulated());
});

function client(app = 'platform-admin'): AuthorizationManagementClient {
  const { tenantId, clientId, secret } = emulated().app(app);
  const { origin } = emulated();
  const credential = new ClientSecretCredential(tenantId, clientId, secret!, {
    authorityHost: origin,
    disableInstanceDiscovery: true,
  });
  return new AuthorizationManagementClient(credential, emulated().subscription('dev').id, {
    endpoint: origin,
    credentialScopes: `${origin}/.default`,
    retryOptions: { maxRetries: 0 },
  });
}

async function all<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

const sub = (): string => `/subscriptions/${emulated().subscription('dev').id}`;
const group = (): string => `${sub()}/resourceGroups/rg-ml`;
const role = (guid = READER): string => `${sub()}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;

describe('an unmodified client of Microsoft.Authorization', () => {
  test('finds roles, and makes, changes and deletes one', async () => {
    const { roleDefinitions } = client();
    const [reader] = await all(roleDefinitions.list(sub(), { filter: "roleName eq 'Reader'" }));
    expect(reader).toMatchObject({ name: READER, roleName: 'Reader', roleType: 'BuiltInRole' });
    const definition = {
      roleName: 'Lister',
      description: 'Lists.',
      roleType: 'CustomRole',
      assignableScopes: [sub()],
      permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
    };
    const made = await roleDefinitions.createOrUpdate(sub(), NAME, definition);
    expect(made).toMatchObject({ name: NAME, roleName: 'Lister', createdOn: expect.any(Date) as Date });
    expect(await roleDefinitions.getById(made.id!)).toEqual(made);
    await roleDefinitions.createOrUpdate(sub(), NAME, { ...definition, description: 'Lists all.' });
    expect(await roleDefinitions.get(sub(), NAME)).toMatchObject({ description: 'Lists all.' });
    expect(await all(roleDefinitions.list(sub(), { filter: "type eq 'CustomRole'" }))).toHaveLength(1);
    expect(await roleDefinitions.delete(sub(), NAME)).toMatchObject({ name: NAME });
    await expect(roleDefinitions.get(sub(), NAME)).rejects.toMatchObject({
      statusCode: 404,
      code: 'RoleDefinitionDoesNotExist',
    });
  });

  test('makes a role assignment, reads it, lists it page by page, and deletes it', async () => {
    const { roleAssignments } = client();
    const principalId = emulated().app('nobody').objectId;
    const made = await roleAssignments.create(group(), NAME, {
      roleDefinitionId: role(),
      principalId,
      principalType: 'ServicePrincipal',
      description: 'for a test',
    });
    expect(made).toMatchObject({
      name: NAME,
      scope: group(),
      principalId,
      principalType: 'ServicePrincipal',
      description: 'for a test',
      createdBy: emulated().app('platform-admin').objectId,
    });
    expect(await roleAssignments.getById(made.id!)).toEqual(made);
    expect(
      await all(roleAssignments.listForScope(group(), { filter: `principalId eq '${principalId}'` })),
    ).toEqual([made]);
    const atScope = await all(roleAssignments.listForScope(group(), { filter: 'atScope()' }));
    expect(atScope.map(({ scope }) => scope)).toEqual([
      sub(),
      sub(),
      group(),
      TOP,
      TOP.replace('top', 'team'),
      '/',
      sub(),
      group(),
    ]);
    expect(await all(roleAssignments.listForSubscription())).toHaveLength(10);
    expect(await all(roleAssignments.listForResourceGroup('rg-ml'))).toHaveLength(9);
    const ofWorkspace = roleAssignments.listForResource(
      'rg-ml',
      'Microsoft.MachineLearningServices',
      'workspaces',
      'ws1',
    );
    expect(await all(ofWorkspace)).toHaveLength(9);
    expect(await roleAssignments.delete(group(), NAME)).toEqual(made);
    expect(await roleAssignments.delete(group(), NAME)).not.toHaveProperty('name');
  });

  test('hears refusals by their codes', async () => {
    const { roleAssignments } = client();
    const create = (properties: { principalId: string; roleDefinitionId?: string }, name = NAME) =>
      roleAssignments.create(group(), name, { roleDefinitionId: role(), ...properties });
    const { objectId: principalId, clientId } = emulated().app('nobody');
    await create({ principalId });
    await expect(create({ principalId }, READER)).rejects.toMatchObject({
      statusCode: 409,
      code: 'RoleAssignmentExists',
    });
    await expect(create({ principalId: clientId }, READER)).rejects.toMatchObject({
      statusCode: 400,
      code: 'PrincipalNotFound',
    });
    await expect(create({ principalId, roleDefinitionId: role(OWNER) })).rejects.toMatchObject({
      statusCode: 400,
      code: 'RoleAssignmentUpdateNotPermitted',
    });
  });

  test('is held to a condition as a delegate', async () => {
    const { roleAssignments } = client('delegate');
    const principalId = emulated().app('nobody').objectId;
    await expect(
      roleAssignments.create(sub(), NAME, { roleDefinitionId: role(OWNER), principalId }),
    ).rejects.toMatchObject({
      statusCode: 403,
      code: 'AuthorizationFailed',
      message: expect.stringContaining('an ABAC condition not fulfilled') as string,
    });
    await roleAssignments.create(sub(), NAME, { roleDefinitionId: role(), principalId });
    expect(await roleAssignments.delete(sub(), NAME)).toMatchObject({ name: NAME });
  });

  test('assigns at a management group', async () => {
    const { roleAssignments } = client('root-owner');
    const principalId = emulated().app('nobody').objectId;
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${READER}`;
    const made = await roleAssignments.create(TOP, NAME, { roleDefinitionId, principalId });
    expect(made.scope).toBe(TOP);
    const inherited = await all(
      client('nobody').roleAssignments.listForScope(sub(), {
        filter: `atScope() and assignedTo('${principalId}')`,
      }),
    );
    expect(inherited).toEqual([made]);
  });

  test('reads deny assignments', async () => {
    const { denyAssignments } = client();
    const [deny] = await all(denyAssignments.listForScope(group(), { filter: 'atScope()' }));
    expect(deny).toMatchObject({
      denyAssignmentName: 'Keep',
      isSystemProtected: true,
      doNotApplyToChildScopes: false,
      principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
      permissions: [{ actions: ['*/delete'] }],
    });
    expect(await denyAssignments.getById(deny!.id!)).toEqual(deny);
    expect(await all(denyAssignments.list())).toEqual([deny]);
  });

  test('reads its permissions', async () => {
    const { permissions } = client('trainer');
    const found = await all(
      permissions.listForResource('rg-ml', 'Microsoft.MachineLearningServices', '', 'workspaces', 'ws1'),
    );
    expect(found).toHaveLength(1);
    expect(found[0]!.notActions).toContain('Microsoft.MachineLearningServices/workspaces/delete');
    expect(await all(permissions.listForResourceGroup('rg-ml'))).toEqual([]);
    expect(await all(client('auditor').permissions.listForResourceGroup('rg-ml'))).toMatchObject([
      { actions: ['*/read'] },
    ]);
  });

  test('reads who could activate a role, and who has one', async () => {
    const { roleEligibilityScheduleInstances, roleEligibilitySchedules, roleAssignmentScheduleInstances } =
      client();
    const [eligible] = await all(
      roleEligibilityScheduleInstances.listForScope(sub(), { filter: 'atScope()' }),
    );
    expect(eligible).toMatchObject({
      scope: sub(),
      principalId: emulated().group('data-science').id,
      principalType: 'Group',
      status: 'Provisioned',
      endDateTime: expect.any(Date) as Date,
      expandedProperties: {
        roleDefinition: { displayName: 'Owner' },
        principal: { displayName: 'data-science' },
      },
    });
    expect(await roleEligibilityScheduleInstances.get(sub(), eligible!.name!)).toEqual(eligible);
    expect(await all(roleEligibilitySchedules.listForScope(sub()))).toHaveLength(1);
    const own = await all(roleAssignmentScheduleInstances.listForScope(sub(), { filter: 'asTarget()' }));
    expect(own).toMatchObject([
      { principalId: emulated().app('platform-admin').objectId, assignmentType: 'Assigned' },
    ]);
  });

  test('reads classic administrators', async () => {
    expect(await all(client().classicAdministrators.list())).toEqual([]);
  });
});
