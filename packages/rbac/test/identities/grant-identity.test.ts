import type { Emulator, EmulatorSnapshot } from '@aml-auth/emulator';
import {
  grantIdentity,
  listRoleAssignments,
  requireIdentity,
  revokeAccess,
  type GrantIdentityOptions,
} from '@aml-auth/rbac';
import type { ArmClient } from '@aml-auth/rest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { clientOf, collect, hastyClock, roles, startDemo } from '../support/emulated.js';

const BLOB_READER = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1';
const COMPUTE = '2024-07-01';
let emulator: Emulator;
let start: EmulatorSnapshot;
let arm: ArmClient;
let group: string;
let off: string;

beforeAll(async () => {
  emulator = await startDemo();
  // Operations of the emulator take time: nobody waits for it here.
  arm = clientOf(emulator, 'platform-admin', emulator.fetch, { clock: hastyClock() });
  group = emulator.workspace('ws1').id.replace(/\/providers.*/, '');
  off = `${group}/providers/Microsoft.Compute/virtualMachines/vm-off`;
  await put(off, {});
  const computes = `${emulator.workspace('ws1').id}/computes`;
  await putCompute(`${computes}/ci-one`, { identity: { type: 'SystemAssigned' } });
  await putCompute(`${computes}/ci-bare`, {});
  start = emulator.snapshot();
});

beforeEach(() => {
  emulator.restore(start);
});

afterEach(() => {
  emulator.faults.clear();
});

afterAll(() => emulator.close());

async function put(path: string, more: Record<string, unknown>): Promise<void> {
  const body = {
    location: 'westeurope',
    properties: { storageProfile: {}, networkProfile: {} },
    ...more,
  };
  await (await arm.startOperation({ method: 'PUT', path, apiVersion: COMPUTE, body })).result();
}

async function putCompute(path: string, more: Record<string, unknown>): Promise<void> {
  const { id: objectId, tenantId } = emulator.user('alice@contoso');
  const personalComputeInstanceSettings = { assignedUser: { objectId, tenantId } };
  const properties = { vmSize: 'STANDARD_DS3_V2', personalComputeInstanceSettings };
  const body = { properties: { computeType: 'ComputeInstance', properties }, ...more };
  await (await arm.startOperation({ method: 'PUT', path, apiVersion: '2024-10-01', body })).result();
}

async function identityBlock(path: string): Promise<Record<string, unknown>> {
  const { body } = await arm.request({ method: 'GET', path, apiVersion: COMPUTE });
  return (body as { identity: Record<string, unknown> }).identity;
}

const grants = () => [
  { scope: emulator.workspace('ws1').id, role: 'AzureML Data Scientist' },
  { scope: group, role: BLOB_READER },
];
const grant = (resource: string, more: Partial<GrantIdentityOptions> = {}) =>
  grantIdentity(arm, { resource, grants: grants(), ...more });
const held = async (principalId: string): Promise<readonly string[]> => {
  const found = await collect(listRoleAssignments(arm, { scope: group, principalId }));
  return found.map(({ roleDefinitionId }) => roleDefinitionId.slice(-36)).sort();
};
const both = [BLOB_READER, roles.scientist].sort();
const graphCalls = () => emulator.requests.filter(({ path }) => path.includes('/v1.0/')).length;

describe('grantIdentity', () => {
  it('gives roles to the identity of a virtual machine, without Microsoft Graph', async () => {
    const before = graphCalls();
    const { resourceId, identities } = emulator.host('vm');
    const { identity, receipt } = await grant(resourceId!);
    expect(identity).toEqual({
      resource: resourceId,
      principalId: identities[0]!.principalId,
      switchedOn: false,
    });
    expect(receipt.grants.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
    expect(await held(identity.principalId)).toEqual(both);
    expect(graphCalls()).toBe(before);
  });

  it('switches the identity of a virtual machine on where it is off, once', async () => {
    const first = await grant(off);
    expect(first.identity.switchedOn).toBe(true);
    expect(await identityBlock(off)).toMatchObject({
      type: 'SystemAssigned',
      principalId: first.identity.principalId,
    });
    expect(await held(first.identity.principalId)).toEqual(both);
    const second = await grant(off);
    expect(second.identity).toEqual({ ...first.identity, switchedOn: false });
    expect(second.receipt.grants.every(({ outcome }) => outcome === 'existing')).toBe(true);
    await revokeAccess(arm, first.receipt);
    expect(await held(first.identity.principalId)).toEqual([]);
  });

  it('keeps the user-assigned identities when it switches the other one on', async () => {
    const { id, principalId } = emulator.identity('id-cluster');
    const machine = `${group}/providers/Microsoft.Compute/virtualMachines/vm-user`;
    await put(machine, { identity: { type: 'UserAssigned', userAssignedIdentities: { [id]: {} } } });
    expect((await grant(machine)).identity).toMatchObject({ principalId, identityId: id, switchedOn: false });
    const { identity } = await grant(machine, { identity: 'system' });
    expect(identity).toMatchObject({ switchedOn: true });
    expect(await identityBlock(machine)).toMatchObject({
      principalId: identity.principalId,
      userAssignedIdentities: { [id]: { principalId } },
    });
    const patch = emulator.requests.filter(({ method }) => method === 'PATCH').at(-1);
    expect(JSON.parse(patch!.request.body!)).toEqual({
      identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [id]: {} } },
    });
    const named = await grant(machine, { identity: id.toUpperCase() });
    expect(named.identity).toMatchObject({ principalId, identityId: id });
  });

  it.each([
    ['a compute instance', () => emulator.compute('ci-one').id, () => emulator.compute('ci-one').principalId],
    [
      'a compute cluster',
      () => emulator.compute('cpu').id,
      () => emulator.identity('id-cluster').principalId,
    ],
    ['a workspace', () => emulator.workspace('ws1').id, () => emulator.workspace('ws1').principalId],
    ['a user-assigned identity', () => emulator.identity().id, () => emulator.identity().principalId],
  ])('gives roles to the identity of %s', async (_what, resource, principalId) => {
    const { identity } = await grant(resource(), { grants: [{ scope: group, role: 'Reader' }] });
    expect(identity).toMatchObject({ principalId: principalId(), switchedOn: false });
    expect(await held(identity.principalId)).toEqual([roles.reader]);
  });

  it.each<[string, () => Partial<GrantIdentityOptions> & { resource: string }, string]>([
    [
      'a machine without one, where it may not switch it on',
      () => ({ resource: off, switchOn: false }),
      'AML_NOT_FOUND',
    ],
    [
      'an identity that the machine does not have',
      () => ({ resource: off, identity: emulator.identity().id }),
      'AML_NOT_FOUND',
    ],
    ['a machine that is not there', () => ({ resource: `${off}2` }), 'AML_NOT_FOUND'],
    ['a resource of another kind', () => ({ resource: group }), 'AML_CONFIG_INVALID'],
    [
      'a role that is not there',
      () => ({ resource: off, grants: [{ scope: group, role: 'Emperor' }] }),
      'AML_NOT_FOUND',
    ],
    [
      'a scope that is none',
      () => ({ resource: off, grants: [{ scope: 'x', role: 'Reader' }] }),
      'AML_CONFIG_INVALID',
    ],
  ])('changes nothing for %s', async (_what, options, code) => {
    const before = emulator.requests.length;
    const { resource, ...more } = options();
    await expect(grant(resource, more)).rejects.toMatchObject({ code });
    const methods = emulator.requests.slice(before).map(({ method }) => method);
    expect(methods.filter((method) => method !== 'GET' && method !== 'POST')).toEqual([]);
    expect(await identityBlock(off)).toBeUndefined();
  });

  it('does not choose between several user-assigned identities', async () => {
    const other = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-other`;
    await arm.request({
      method: 'PUT',
      path: other,
      apiVersion: '2023-01-31',
      body: { location: 'westeurope' },
    });
    const machine = `${group}/providers/Microsoft.Compute/virtualMachines/vm-two`;
    const userAssignedIdentities = { [other]: {}, [emulator.identity('id-cluster').id]: {} };
    await put(machine, { identity: { type: 'UserAssigned', userAssignedIdentities } });
    await expect(requireIdentity(arm, { resource: machine })).rejects.toMatchObject({
      code: 'AML_AMBIGUOUS',
      message: expect.stringContaining('id-other') as string,
    });
  });

  it('names the switched-on identity and every step where a role cannot be given', async () => {
    emulator.faults.add({
      match: { method: 'PUT', path: '**/roleAssignments/*', nth: 2 },
      do: { status: 409, body: { error: { code: 'ScopeLocked', message: 'Locked.' } } },
    });
    await expect(grant(off)).rejects.toMatchObject({
      code: 'AML_CONFLICT',
      steps: [
        { step: expect.stringContaining('switch on') as string, outcome: 'done', id: off },
        { outcome: 'undone' },
        { outcome: 'failed' },
      ],
    });
    const again = await grant(off);
    expect(again.identity.switchedOn).toBe(false);
    expect(await held(again.identity.principalId)).toEqual(both);
  });

  it('says whether the identity was switched on where that failed', async () => {
    const fault = (status: number) =>
      emulator.faults.add({
        match: { method: 'PATCH' },
        do: { status, body: { error: { code: 'Nope', message: 'No.' } } },
        times: 1,
      });
    fault(409);
    await expect(grant(off)).rejects.toMatchObject({ code: 'AML_CONFLICT', steps: [{ outcome: 'failed' }] });
    fault(503);
    await expect(grant(off)).rejects.toMatchObject({ steps: [{ outcome: 'unclear', id: off }] });
  });

  it('waits for a new identity until Azure knows it', async () => {
    emulator.faults.add({
      match: { method: 'PUT', path: '**/roleAssignments/*' },
      do: { status: 400, body: { error: { code: 'PrincipalNotFound', message: 'Not yet.' } } },
      times: 2,
    });
    const waits: number[] = [];
    const onReplicationWait = ({ delayMs }: { delayMs: number }) => void waits.push(delayMs);
    const { identity } = await grant(off, { clock: hastyClock(), onReplicationWait });
    expect([identity.switchedOn, waits]).toEqual([true, [1_000, 2_000]]);
  });
});
