import { describe, expect, test } from 'vitest';

import { seedWithDependents } from '../support/dependents.js';
import { callArm, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: seedWithDependents });
const subscription = (): string => `/subscriptions/${emulated().subscription('dev').id}`;
const list = (app: string, path: string): Promise<ArmAnswer> => callArm(emulated(), app, path);

interface Item {
  readonly id: string;
  readonly type: string;
}
const typesIn = ({ body }: ArmAnswer): readonly string[] =>
  (body.value as unknown as Item[]).map(({ type }) => type.split('/')[1]!).sort();

describe('the list of resources', () => {
  test('has those of every type, in the subscription or in a group', async () => {
    const all = await list('auditor', `${subscription()}/resources`);
    expect([...new Set(typesIn(all))]).toEqual([
      'components',
      'storageAccounts',
      'userAssignedIdentities',
      'vaults',
      'virtualMachines',
      'workspaces',
    ]);
    const group = await list('auditor', `${subscription()}/resourcegroups/RG-ML2/resources`);
    expect(typesIn(group)).toEqual(['components', 'storageAccounts', 'vaults']);
    expect(await list('auditor', `${subscription()}/resourceGroups/nope/resources`)).toMatchObject({
      status: 404,
      code: 'ResourceGroupNotFound',
    });
  });

  test('is filtered by what is asked for', async () => {
    const filter = (text: string): string =>
      `${subscription()}/resources?$filter=${encodeURIComponent(text)}`;
    const machines = await list(
      'auditor',
      filter("resourceType eq 'Microsoft.MachineLearningServices/workspaces'"),
    );
    expect(machines.body.value).toMatchObject([
      {
        id: emulated().workspace('ws1').id,
        name: 'ws1',
        type: 'Microsoft.MachineLearningServices/workspaces',
        location: 'westeurope',
        kind: 'Default',
        identity: { type: 'SystemAssigned' },
      },
    ]);
    expect(machines.body.value[0]).not.toHaveProperty('provisioningState');
    expect((await list('auditor', filter("size eq 'x'"))).code).toBe('InvalidFilterInQueryString');
  });

  test('shows what the caller may read', async () => {
    expect(typesIn(await list('trainer', `${subscription()}/resources`))).toEqual(['workspaces']);
    expect(await list('trainer', `${subscription()}/resourceGroups/rg-ml2/resources`)).toMatchObject({
      status: 403,
      code: 'AuthorizationFailed',
    });
  });

  test('says more where it is asked to', async () => {
    const { body } = await list(
      'auditor',
      `${subscription()}/resources?$expand=createdTime,provisioningState&$top=1`,
    );
    expect(body.value).toHaveLength(1);
    expect(body.nextLink).toContain('skipToken');
    expect(body.value[0]).toMatchObject({
      provisioningState: 'Succeeded',
      createdTime: expect.stringMatching(/^\d{4}-/) as string,
    });
  });
});

describe('locations', () => {
  test('are listed for whoever has a role in the subscription', async () => {
    const { status, body } = await list('trainer', `${subscription()}/locations`);
    expect(status).toBe(200);
    expect(body.value.find(({ name }) => name === 'westeurope')).toMatchObject({
      id: `${subscription()}/locations/westeurope`,
      displayName: 'West Europe',
      metadata: { regionType: 'Physical', pairedRegion: [{ name: 'northeurope' }] },
    });
    expect(new Set(body.value.map(({ name }) => name)).size).toBe(body.value.length);
  });

  test('are the only places for new resources', async () => {
    const put = (path: string): Promise<ArmAnswer> =>
      callArm(emulated(), 'platform-admin', path, { method: 'PUT', body: { location: 'atlantis' } });
    const group = await put(`${subscription()}/resourceGroups/new`);
    expect(group).toMatchObject({ status: 400, code: 'LocationNotAvailableForResourceGroup' });
    const identity = await put(
      `${subscription()}/resourceGroups/rg-ml/providers/Microsoft.ManagedIdentity/userAssignedIdentities/new`,
    );
    expect(identity).toMatchObject({ status: 400, code: 'LocationNotAvailableForResourceType' });
    expect(identity.body.error.message).toContain(
      "'atlantis' is not available for resource type 'Microsoft.ManagedIdentity/userAssignedIdentities'",
    );
  });
});
