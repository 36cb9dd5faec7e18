import { fromClientSecret } from '@aml-auth/credentials';
import type { Emulator, EmulatorSnapshot } from '@aml-auth/emulator';
import {
  addCredential,
  deleteServicePrincipal,
  listCredentials,
  listServicePrincipals,
  removeCredential,
  rotateCredential,
  showServicePrincipal,
  type AddedCredential,
  type CreatedForRbac,
  type GraphClient,
} from '@aml-auth/rbac';
import type { ArmClient } from '@aml-auth/rest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { collect, graphOf, hastyClock, roles } from '../support/emulated.js';
import { federated, holdingsOf, startRbacWorld, type RbacWorld } from '../support/rbac-world.js';

let world: RbacWorld;
let emulator: Emulator;
let start: EmulatorSnapshot;
let graph: GraphClient;
let arm: ArmClient;
let workspace: string;
let make: RbacWorld['make'];

beforeAll(async () => {
  world = await startRbacWorld();
  ({ emulator, graph, arm, workspace, make } = world);
  start = emulator.snapshot();
});

beforeEach(() => {
  emulator.restore(start);
  emulator.faults.clear();
});

afterAll(() => emulator.close());

describe('credentials', () => {
  const trainer = () => emulator.app('trainer').clientId;

  it('are listed without secrets, added beside each other, and removed one by one', async () => {
    const application = trainer();
    const [seeded] = await listCredentials(graph, { application });
    const added: AddedCredential[] = [];
    for (const credential of [
      federated,
      { kind: 'certificate' },
      { kind: 'certificate' },
      { kind: 'secret' },
    ] as const) {
      added.push(await addCredential(graph, { application, credential }));
    }
    const there = async () => (await listCredentials(graph, { application })).map(({ id }) => id).sort();
    expect(await there()).toEqual([seeded!.id, ...added.map(({ id }) => id)].sort());
    for (const { id } of added) {
      expect(await removeCredential(graph, { application, id: id.toUpperCase() })).toBe(true);
      expect(await removeCredential(graph, { application, id })).toBe(false);
      expect(await there()).not.toContain(id);
    }
    expect(await listCredentials(graph, { application })).toEqual([seeded]);
    const empty = removeCredential(graph, { application, id: '' });
    await expect(empty).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  it('take a certificate that the application has as it is', async () => {
    const application = trainer();
    const first = await addCredential(graph, { application, credential: { kind: 'certificate' } });
    const { certificate } = first.kind === 'certificate' ? first : { certificate: '' };
    const again = await addCredential(graph, {
      application,
      credential: { kind: 'certificate', certificate },
    });
    expect(again).toMatchObject({ id: first.id, created: false });
    expect(again).not.toHaveProperty('privateKey');
    const broken = addCredential(graph, {
      application,
      credential: { kind: 'certificate', certificate: 'x' },
    });
    await expect(broken).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  it('tell where an issuer and subject are trusted for something else, or a name is taken', async () => {
    const application = trainer();
    const { name } = (await addCredential(graph, { application, credential: federated })) as { name: string };
    const other = addCredential(graph, {
      application,
      credential: { ...federated, audience: 'api://other' },
    });
    await expect(other).rejects.toMatchObject({ code: 'AML_CONFLICT' });
    const sameName = { ...federated, subject: 'repo:contoso/other:pull_request', name };
    await expect(addCredential(graph, { application, credential: sameName })).rejects.toMatchObject({
      code: 'AML_CONFLICT',
    });
    const alike = { ...federated, subject: federated.subject.replace('/heads/', '-heads-') };
    expect(await addCredential(graph, { application, credential: alike })).toMatchObject({
      name: `${name}-2`,
    });
  });

  it('notice that somebody else changed the certificates at the same time', async () => {
    const application = trainer();
    const racing: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      const response = await emulator.fetch(request.clone());
      if (request.method !== 'PATCH') return response;
      const body = { keyCredentials: [] };
      await graph.request({
        method: 'PATCH',
        path: new URL(request.url).pathname.replace('/graph/v1.0', ''),
        body,
      });
      return response;
    };
    const late = graphOf(emulator, 'platform-admin', racing);
    const clock = hastyClock();
    await expect(
      addCredential(late, { application, credential: { kind: 'certificate' }, clock }),
    ).rejects.toMatchObject({
      code: 'AML_CONFLICT',
      message: expect.stringContaining('somebody else') as string,
    });
    expect(clock.waits).toEqual([1_000, 2_000, 4_000, 8_000]);
  });
});

describe('rotateCredential', () => {
  const secret = { kind: 'secret', displayName: 'nightly' } as const;
  let created: CreatedForRbac;
  const signIn = (added: AddedCredential) => world.signIn(created, added);
  const ids = async () =>
    (await listCredentials(graph, { application: created.application })).map(({ id }) => id);

  beforeEach(async () => {
    created = await make({ credential: secret });
    await addCredential(graph, { application: created.application, credential: { kind: 'secret' } });
  });

  it('removes the old one after the new one has signed in', async () => {
    const before = await ids();
    const steps: string[] = [];
    const rotated = await rotateCredential(graph, {
      application: created.application,
      credential: secret,
      verify: signIn,
      onStep: (step, state) => steps.push(`${state}: ${step}`),
    });
    expect(rotated).toMatchObject({ removed: [created.credential.id], kept: [], notRemoved: [] });
    expect((await ids()).sort()).toEqual([before[1], rotated.added.id].sort());
    expect(await signIn(rotated.added)).toBe(200);
    await expect(signIn(created.credential)).rejects.toMatchObject({ code: 'AML_CREDENTIAL_REJECTED' });
    expect(steps.indexOf('unchanged: sign in with it')).toBeLessThan(
      steps.indexOf(`started: remove the credential ${created.credential.id}`),
    );
  });

  it('keeps the old one for now where that is asked for', async () => {
    const rotated = await rotateCredential(graph, {
      application: created.application,
      credential: secret,
      verify: signIn,
      keepOld: true,
    });
    expect(rotated).toMatchObject({ removed: [], kept: [created.credential.id] });
    expect([await signIn(created.credential), await signIn(rotated.added)]).toEqual([200, 200]);
  });

  it('waits while the new one is refused, and takes it back where it stays so', async () => {
    const clock = hastyClock();
    const match = { path: '/**/oauth2/v2.0/token' };
    emulator.faults.add({ match, do: { aadsts: 7000215 }, times: 2 });
    const options = { application: created.application, credential: secret, clock, verify: signIn };
    await rotateCredential(graph, options);
    expect(clock.waits).toEqual([1_000, 2_000]);

    const before = await ids();
    const refused = rotateCredential(graph, {
      ...options,
      verifyMs: 10_000,
      verify: () => world.readWorkspace(fromClientSecret({ ...world.whoOf(created), clientSecret: 'wrong' })),
    });
    await expect(refused).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      steps: [{ outcome: 'undone' }, { step: 'sign in with it', outcome: 'failed' }],
    });
    expect(await ids()).toEqual(before);
  });

  it('waits until Microsoft Entra ID knows the new one', async () => {
    emulator.faults.add({ preset: 'graphReplication', replicationDelayMs: 10_000 });
    const clock = hastyClock((ms) => {
      emulator.clock.advance(ms);
    });
    const options = { application: created.application, credential: secret, clock, verify: signIn };
    const rotated = await rotateCredential(graph, options);
    expect(clock.waits).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(rotated.removed).toEqual([created.credential.id]);
    expect(await signIn(rotated.added)).toBe(200);
  });

  it('does not lose the new one where an old one cannot be removed', async () => {
    emulator.faults.add({ match: { path: '/graph/**/removePassword' }, do: { status: 403, body: {} } });
    const rotated = await rotateCredential(graph, {
      application: created.application,
      credential: secret,
      verify: signIn,
    });
    expect(rotated.notRemoved).toMatchObject([
      { id: created.credential.id, error: { code: 'AML_FORBIDDEN' } },
    ]);
    expect(await signIn(rotated.added)).toBe(200);
  });

  it('replaces what is named, of whatever kind, and nothing that is not there', async () => {
    const rotated = await rotateCredential(graph, {
      application: created.application,
      credential: { kind: 'certificate' },
      replace: await ids(),
      verify: signIn,
    });
    expect(await ids()).toEqual([rotated.added.id]);
    const missing = rotateCredential(graph, {
      application: created.application,
      credential: secret,
      replace: ['11111111-2222-4333-8444-555555555555'],
      verify: signIn,
    });
    await expect(missing).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
  });
});

describe('service principals', () => {
  it('are shown by any of their ids, with what they can prove themselves by', async () => {
    const { application, servicePrincipal, credential } = await make();
    const references = [
      application.appId,
      application.objectId,
      servicePrincipal.objectId,
      { appId: application.appId },
      { uniqueName: 'ml-pipeline' },
      { objectId: application.objectId },
      { objectId: servicePrincipal.objectId },
    ];
    for (const principal of references) {
      expect(await showServicePrincipal(graph, { principal })).toMatchObject({
        servicePrincipal: { objectId: servicePrincipal.objectId, appId: application.appId },
        application: { objectId: application.objectId, uniqueName: 'ml-pipeline' },
        credentials: [{ id: credential.id, kind: 'federated', subject: federated.subject }],
      });
    }
    const identity = emulator.identity('id-cluster');
    for (const id of [identity.principalId, identity.clientId]) {
      const shown = await showServicePrincipal(graph, { principal: id });
      expect(shown).toMatchObject({ servicePrincipal: { servicePrincipalType: 'ManagedIdentity' } });
      expect(shown.application).toBeUndefined();
    }
    const unknown = showServicePrincipal(graph, { principal: crypto.randomUUID() });
    await expect(unknown).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
    const byName = showServicePrincipal(graph, { principal: 'trainer' });
    await expect(byName).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  it('are listed, all or by the start of their names', async () => {
    const names = async (displayNameStartsWith?: string) =>
      (await collect(listServicePrincipals(graph, { displayNameStartsWith }))).map((one) => one.displayName);
    expect(await names('TRAIN')).toEqual(['trainer']);
    expect((await names()).length).toBeGreaterThan(3);
  });

  it('are deleted with their application and role assignments, and once', async () => {
    const before = await holdingsOf(world);
    const { application, roleAssignments } = await make();
    const scopes = [`/subscriptions/${emulator.subscription().id}`];
    const remove = () => deleteServicePrincipal(graph, { arm, principal: application.appId, scopes });
    expect(await remove()).toMatchObject({
      deleted: true,
      appId: application.appId,
      roleAssignments: [roleAssignments[0]!.assignment.id],
    });
    expect(await holdingsOf(world)).toEqual(before);
    expect(await remove()).toEqual({ deleted: false, roleAssignments: [] });
  });

  it('are deleted without their application where that is to stay', async () => {
    const { application } = await make();
    await deleteServicePrincipal(graph, { principal: application.appId, keepApplication: true });
    expect(await make()).toMatchObject({
      application: { appId: application.appId, created: false },
      servicePrincipal: { created: true },
    });
  });

  it('leave an application without one behind, which goes as well', async () => {
    const { application } = await make();
    await deleteServicePrincipal(graph, { principal: application.appId, keepApplication: true });
    const rest = await deleteServicePrincipal(graph, { principal: application.appId });
    expect(rest).toEqual({ deleted: true, appId: application.appId, roleAssignments: [] });
  });

  it('tell what was deleted where the rest fails', async () => {
    const { application } = await make();
    emulator.faults.add({ match: { method: 'DELETE', path: '/graph/**' }, do: { status: 403, body: {} } });
    const scopes = [workspace];
    const failing = deleteServicePrincipal(graph, { arm, principal: application.appId, scopes });
    await expect(failing).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
      steps: [{ outcome: 'done' }, { outcome: 'failed' }],
    });
  });

  it('of managed identities stay, and scopes need Azure', async () => {
    const principal = emulator.identity('id-cluster').principalId;
    await expect(deleteServicePrincipal(graph, { principal })).rejects.toMatchObject({
      code: 'AML_REQUEST_REJECTED',
    });
    const without = deleteServicePrincipal(graph, { principal, scopes: ['/'] });
    await expect(without).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  it('hold the role that they were given', async () => {
    const { roleAssignments } = await make();
    expect(roleAssignments[0]!.assignment.roleDefinitionId).toMatch(new RegExp(`${roles.scientist}$`));
  });
});
