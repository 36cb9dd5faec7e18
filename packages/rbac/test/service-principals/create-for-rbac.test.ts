import { inspect } from 'node:util';

import { isAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import type { Emulator, EmulatorSnapshot } from '@aml-auth/emulator';
import {
  addCredential,
  createForRbac,
  findPrincipals,
  formatForRbac,
  formatSdkAuth,
  githubFederation,
  kubernetesFederation,
  listCredentials,
  type CreateForRbacOptions,
  type ForRbacProgress,
  type GraphClient,
} from '@aml-auth/rbac';
import type { ArmClient } from '@aml-auth/rest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { clientOf, graphOf, hastyClock } from '../support/emulated.js';
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

describe('createForRbac', () => {
  it('makes a service principal that signs in without a secret, and is safe to repeat', async () => {
    const first = await make();
    expect(first).toMatchObject({
      application: { uniqueName: 'ml-pipeline', displayName: 'ml-pipeline', created: true },
      servicePrincipal: { appId: first.application.appId, created: true, accountEnabled: true },
      credential: { kind: 'federated', name: 'repo-contoso-ml-ref-refs-heads-main', created: true },
      roleAssignments: [{ created: true, assignment: { scope: workspace } }],
      tenantId: emulator.tenant().id,
      subscriptionId: emulator.subscription().id,
      warnings: [],
    });
    expect(await world.signIn(first)).toBe(200);

    const before = await holdingsOf(world);
    const again = await make();
    expect(again).toEqual({
      ...first,
      application: { ...first.application, created: false },
      servicePrincipal: { ...first.servicePrincipal, created: false },
      credential: { ...first.credential, created: false },
      roleAssignments: first.roleAssignments.map((one) => ({ ...one, created: false })),
    });
    expect(await holdingsOf(world)).toEqual(before);
  });

  it('makes a certificate where no other credential is asked for', async () => {
    const created = await make({ credential: undefined });
    expect(created.credential).toMatchObject({ kind: 'certificate', displayName: 'rbac', created: true });
    expect(await world.signIn(created)).toBe(200);
  });

  it('makes a secret on request, and prints it nowhere', async () => {
    const created = await make({ credential: { kind: 'secret', lifetimeDays: 7 } });
    const { credential } = created;
    expect(credential).toMatchObject({ kind: 'secret', displayName: 'rbac' });
    expect(await world.signIn(created)).toBe(200);
    const secret = credential.kind === 'secret' ? credential.secret.reveal() : '';
    expect(secret.length).toBeGreaterThan(16);
    for (const shown of [JSON.stringify(created), inspect(created, { depth: 9 })]) {
      expect(shown).not.toContain(secret);
    }
  });

  it('never takes an application by its display name', async () => {
    const { clientId } = emulator.app('trainer');
    const before = await listCredentials(graph, { application: clientId });
    const created = await make({ application: { displayName: 'trainer' }, credential: { kind: 'secret' } });
    expect(created.application).toMatchObject({ displayName: 'trainer', created: true });
    expect(created.application.appId).not.toBe(clientId);
    expect(await listCredentials(graph, { application: clientId })).toEqual(before);
    expect(await findPrincipals(graph, { name: 'trainer' })).toHaveLength(2);
  });

  it('leaves the other credentials of an application alone that is given by its id', async () => {
    const application = { appId: emulator.app('trainer').clientId };
    const before = await listCredentials(graph, { application });
    for (const credential of [federated, { kind: 'certificate' }, { kind: 'secret' }] as const) {
      const created = await make({ application, credential });
      expect([created.application.created, created.servicePrincipal.created]).toEqual([false, false]);
    }
    const after = await listCredentials(graph, { application });
    expect(after).toEqual(expect.arrayContaining([...before]));
    expect(after).toHaveLength(before.length + 3);
  });

  it.each<[string, Partial<CreateForRbacOptions>]>([
    ['a role without scopes', { scopes: undefined }],
    ['scopes without a role', { role: undefined }],
    ['a scope that is none', { scopes: ['ws1'] }],
    ['an empty name', { application: { displayName: ' ' } }],
    ['an empty unique name', { application: { uniqueName: '' } }],
    ['an application id that is none', { application: { appId: 'trainer' } }],
    ['an issuer that is not https', { credential: { ...federated, issuer: 'http://issuer' } }],
    ['a bad name of a federated credential', { credential: { ...federated, name: 'a/b' } }],
    ['a lifetime that is none', { credential: { kind: 'secret', lifetimeDays: 0 } }],
  ])('refuses %s before it makes anything', async (_what, part) => {
    const before = await holdingsOf(world);
    await expect(make(part)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    expect(await holdingsOf(world)).toEqual(before);
  });

  it('refuses a role that is not there, an application that is not there, and a role without Azure', async () => {
    const before = await holdingsOf(world);
    await expect(make({ role: 'Nobody' })).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
    const unknown = make({ application: { appId: crypto.randomUUID() } });
    await expect(unknown).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
    const options = { application: { displayName: 'x' }, role: 'Reader', scopes: [workspace] };
    await expect(createForRbac(graph, options)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    expect(await holdingsOf(world)).toEqual(before);
  });

  it('works without roles and without Azure', async () => {
    const created = await createForRbac(graph, { application: { displayName: 'x' }, credential: federated });
    expect(created.roleAssignments).toEqual([]);
    expect(created).not.toHaveProperty('subscriptionId');
  });

  it('warns where a broad role meets a secret', async () => {
    const subscription = `/subscriptions/${emulator.subscription().id}`;
    const codes = async (options: Partial<CreateForRbacOptions>) =>
      (await make({ application: { displayName: 'x' }, ...options })).warnings.map(({ code }) => code);
    const secret = { credential: { kind: 'secret' } } as const;
    expect(await codes(secret)).toEqual([]);
    expect(await codes({ ...secret, role: 'Owner' })).toEqual(['broad-role']);
    expect(await codes({ ...secret, role: 'Contributor', scopes: [subscription] })).toEqual([
      'broad-role',
      'wide-scope',
    ]);
    expect(await codes({ ...secret, scopes: [subscription] })).toEqual(['wide-scope']);
    expect(await codes({ ...secret, role: 'Reader', scopes: [subscription] })).toEqual([]);
    expect(await codes({ role: 'Owner' })).toEqual([]);
    const hasSecret = { appId: emulator.app('auditor').clientId };
    expect(await codes({ application: hasSecret, role: 'Owner' })).toEqual(['broad-role']);
  });
});

describe('createForRbac that fails', () => {
  const application = { uniqueName: 'ml-pipeline' };

  /** Adds a federated credential, and then is not allowed to assign a role. */
  const assignInVain = (client: GraphClient) =>
    createForRbac(client, {
      arm: clientOf(emulator, 'auditor'),
      application,
      credential: federated,
      role: 'Owner',
      scopes: [workspace],
    });

  /** Somebody else acts after our look, and before our first write there. */
  function racingAt(path: string, act: () => Promise<unknown>): typeof fetch {
    let acted = false;
    return async (input, init) => {
      const request = new Request(input, init);
      if (!acted && request.method === 'POST' && new URL(request.url).pathname.endsWith(path)) {
        acted = true;
        await act();
      }
      return emulator.fetch(request);
    };
  }

  it('undoes what it did', async () => {
    const before = await holdingsOf(world);
    const events: ForRbacProgress[] = [];
    const failing = createForRbac(graph, {
      arm: clientOf(emulator, 'auditor'),
      application,
      credential: { kind: 'secret' },
      role: 'Reader',
      scopes: [workspace, workspace.replace(/\/providers.*/, '')],
      onProgress: (event) => events.push(event),
    });
    const added = 'add a secret to it';
    const [one, two] = ['assign "Reader" at', 'assign "Reader" at'];
    await expect(failing).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
      armCode: 'AuthorizationFailed',
      steps: [
        { step: 'create the application ml-pipeline', outcome: 'undone' },
        { step: added, outcome: 'undone' },
        { step: 'create its service principal', outcome: 'undone' },
        { step: expect.stringContaining(one) as string, outcome: 'failed' },
        { step: expect.stringContaining(two) as string, outcome: 'notStarted' },
      ],
    });
    expect(await holdingsOf(world)).toEqual(before);
    expect(events).toContainEqual({ event: 'step', step: added, state: 'undone' });
  });

  it('leaves what was there before', async () => {
    const made = await make();
    const before = await holdingsOf(world);
    const failing = createForRbac(graph, {
      arm: clientOf(emulator, 'auditor'),
      application,
      credential: { kind: 'secret' },
      role: 'Owner',
      scopes: [workspace],
    });
    await expect(failing).rejects.toMatchObject({
      steps: [
        { step: `use the application ${made.application.appId}`, outcome: 'done' },
        { outcome: 'undone' },
        { outcome: 'done' },
        { outcome: 'failed' },
      ],
    });
    expect(await holdingsOf(world)).toEqual(before);
  });

  it('names what could not be undone', async () => {
    emulator.faults.add({ match: { method: 'DELETE', path: '/graph/**' }, do: { status: 403, body: {} } });
    const failing = createForRbac(graph, {
      arm: clientOf(emulator, 'auditor'),
      application,
      credential: federated,
      role: 'Owner',
      scopes: [workspace],
    });
    const error = await failing.catch((thrown: unknown) => thrown as AmlAuthError);
    if (!isAmlAuthError(error)) throw new Error('It did not fail.');
    const left = error.steps!.filter(({ outcome }) => outcome === 'notUndone');
    expect(left).toHaveLength(3);
    for (const { id } of left) expect(error.message).toContain(id);
  });

  it('leaves what somebody else made under the same name at the same time', async () => {
    let theirs: unknown;
    const racing: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      // Theirs comes after our look, and before our write.
      if (request.method === 'PATCH' && theirs === undefined) {
        await make({ role: undefined, scopes: undefined });
        theirs = await holdingsOf(world);
      }
      return emulator.fetch(request);
    };
    const failing = createForRbac(graphOf(emulator, 'platform-admin', racing), {
      arm: clientOf(emulator, 'auditor'),
      application,
      credential: { kind: 'secret' },
      role: 'Reader',
      scopes: [workspace],
    });
    await expect(failing).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
      steps: [{ outcome: 'done' }, { outcome: 'undone' }, { outcome: 'done' }, { outcome: 'failed' }],
    });
    expect(await holdingsOf(world)).toEqual(theirs);
  });

  it.each([
    ['alike', {}],
    ['of another name', { name: 'theirs' }],
  ])('leaves a federated credential %s that somebody else added meanwhile', async (_what, differs) => {
    const made = await make({ credential: { kind: 'certificate' }, role: undefined, scopes: undefined });
    let theirs: unknown;
    const racing = racingAt('/federatedIdentityCredentials', async () => {
      await addCredential(graph, {
        application: made.application,
        credential: { ...federated, ...differs },
      });
      theirs = await listCredentials(graph, { application: made.application });
    });
    await expect(assignInVain(graphOf(emulator, 'platform-admin', racing))).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
      steps: [{ outcome: 'done' }, { outcome: 'done' }, { outcome: 'done' }, { outcome: 'failed' }],
    });
    expect(theirs).toHaveLength(2);
    expect(await listCredentials(graph, { application: made.application })).toEqual(theirs);
  });

  it('leaves a federated credential in place whose answer was lost, as it may be that of somebody else', async () => {
    const { application: there } = await make({ credential: { kind: 'certificate' } });
    const match = { path: '/graph/**/federatedIdentityCredentials', method: 'POST' };
    emulator.faults.add({ match, do: { reset: true }, times: 1 });
    const slow = graphOf(emulator, 'platform-admin', emulator.fetch, { clock: hastyClock() });
    await expect(assignInVain(slow)).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
      steps: [{ outcome: 'done' }, { outcome: 'done' }, { outcome: 'done' }, { outcome: 'failed' }],
    });
    const kinds = (await listCredentials(graph, { application: there })).map(({ kind }) => kind);
    expect(kinds).toEqual(['certificate', 'federated']);
    emulator.faults.clear();
    // A repetition goes on from there.
    expect(await make()).toMatchObject({ credential: { kind: 'federated', created: false } });
  });

  it('tells where somebody else added a federated credential for another audience meanwhile', async () => {
    const { application: there } = await make({ credential: { kind: 'certificate' } });
    const racing = racingAt('/federatedIdentityCredentials', async () => {
      const credential = { ...federated, audience: 'api://other' };
      await addCredential(graph, { application: there, credential });
    });
    const late = graphOf(emulator, 'platform-admin', racing);
    await expect(addCredential(late, { application: there, credential: federated })).rejects.toMatchObject({
      code: 'AML_CONFLICT',
      message: expect.stringContaining('api://other') as string,
    });
  });

  it('goes on where it was left, after a crash between steps', async () => {
    const made: string[] = [];
    const crashing = make({
      onProgress: (progress) => {
        if (progress.event !== 'step' || progress.state !== 'started') return;
        made.push(progress.step);
        // As if the process had ended: nothing is undone.
        if (made.length === 3) emulator.faults.add({ do: { reset: true }, match: { method: 'DELETE' } });
        if (made.length === 3) throw new Error('crash');
      },
    });
    await expect(crashing).rejects.toThrow('crash');
    emulator.faults.clear();
    expect(await make()).toMatchObject({
      application: { created: false },
      credential: { created: false },
      servicePrincipal: { created: true },
      roleAssignments: [{ created: true }],
    });
  });

  it('undoes when it is cancelled', async () => {
    const before = await holdingsOf(world);
    const controller = new AbortController();
    const cancelled = make({
      signal: controller.signal,
      onProgress: (event) => {
        if (event.event === 'step' && event.step.startsWith('assign')) controller.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    expect(await holdingsOf(world)).toEqual(before);
  });
});

describe('createForRbac and a directory that is slow', () => {
  it('waits until all parts know the new application and service principal', async () => {
    const refuse = (path: string, method: string, status: number, code: string, times: number) => {
      const body = { error: { code, message: code } };
      emulator.faults.add({ match: { path: `/graph/v1.0/${path}`, method }, do: { status, body }, times });
    };
    refuse('applications/*/addPassword', 'POST', 404, 'Request_ResourceNotFound', 2);
    refuse('servicePrincipals', 'POST', 400, 'NoBackingApplicationObject', 3);
    const notFound = { error: { code: 'PrincipalNotFound', message: 'Not yet.' } };
    emulator.faults.add({
      match: { path: '/subscriptions/**/roleAssignments/*', method: 'PUT' },
      do: { status: 400, body: notFound },
      times: 2,
    });
    const clock = hastyClock();
    const waits: unknown[] = [];
    const created = await make({
      credential: { kind: 'secret' },
      clock,
      onProgress: (event) => {
        if (event.event === 'waiting') waits.push([event.for, event.delayMs]);
      },
    });
    expect(waits).toEqual([
      ['the new application', 1_000],
      ['the new application', 2_000],
      ['the new application', 1_000],
      ['the new application', 2_000],
      ['the new application', 4_000],
      ['the new service principal', 1_000],
      ['the new service principal', 2_000],
    ]);
    expect(await world.signIn(created)).toBe(200);
  });

  it('gives up in the end, and undoes', async () => {
    const before = await holdingsOf(world);
    const body = { error: { code: 'NoBackingApplicationObject', message: 'Not yet.' } };
    const match = { path: '/graph/v1.0/servicePrincipals', method: 'POST' };
    emulator.faults.add({ match, do: { status: 400, body } });
    const clock = hastyClock();
    const failing = make({ clock, replicationMs: 30_000 });
    await expect(failing).rejects.toMatchObject({ armCode: 'NoBackingApplicationObject' });
    const waited = clock.waits.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(15_000);
    expect(waited).toBeLessThanOrEqual(30_000);
    emulator.faults.clear();
    expect(await holdingsOf(world)).toEqual(before);
  });

  it('does not wait for an application that was there before', async () => {
    const body = { error: { code: 'Request_ResourceNotFound', message: 'Gone.' } };
    emulator.faults.add({ match: { path: '/graph/**/addPassword' }, do: { status: 404, body } });
    const clock = hastyClock();
    const application = { appId: emulator.app('trainer').clientId };
    const failing = make({ application, credential: { kind: 'secret' }, clock });
    await expect(failing).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
    expect(clock.waits).toEqual([]);
  });

  it.each([
    ['applications(uniqueName*', 'PATCH'],
    ['servicePrincipals', 'POST'],
    ['applications/*/federatedIdentityCredentials', 'POST'],
  ])('makes nothing twice where the answer of %s is lost', async (path, method) => {
    const match = { path: `/graph/v1.0/${path}`, method };
    const before = emulator.requests.length;
    emulator.faults.add({ match, do: { reset: true }, times: 1 });
    const slow = graphOf(emulator, 'platform-admin', emulator.fetch, { clock: hastyClock() });
    const created = await createForRbac(slow, {
      arm,
      application: { uniqueName: 'x' },
      credential: federated,
      role: 'Reader',
      scopes: [workspace],
    });
    const asked = emulator.requests.slice(before);
    expect(asked.filter(({ fault }) => fault !== undefined)).toHaveLength(1);
    expect(await listCredentials(graph, { application: created.application })).toHaveLength(1);
    expect(await findPrincipals(graph, { name: 'x' })).toHaveLength(1);
  });

  it('adds one certificate where the directory forgets the new application in between', async () => {
    const body = { error: { code: 'Request_ResourceNotFound', message: 'Not yet.' } };
    const match = { path: '/graph/v1.0/applications/*', method: 'GET', nth: 2 };
    emulator.faults.add({ match, do: { status: 404, body } });
    const clock = hastyClock();
    const created = await make({ credential: { kind: 'certificate' }, clock });
    expect(clock.waits).toEqual([1_000]);
    expect(created.credential.created).toBe(true);
    expect(await world.signIn(created)).toBe(200);
    emulator.faults.clear();
    expect(await listCredentials(graph, { application: created.application })).toHaveLength(1);
  });

  it('says that a new application may be there where its answer is lost', async () => {
    const match = { path: '/graph/v1.0/applications', method: 'POST' };
    emulator.faults.add({ match, do: { reset: true }, times: 1 });
    await expect(make({ application: { displayName: 'x' } })).rejects.toMatchObject({
      code: 'AML_NETWORK',
      steps: [
        { step: 'create the application x', outcome: 'unclear' },
        { outcome: 'notStarted' },
        { outcome: 'notStarted' },
        { outcome: 'notStarted' },
      ],
    });
  });
});

describe('the output', () => {
  it('is that of Azure CLI', async () => {
    const created = await make({ credential: { kind: 'secret' } });
    const secret = created.credential.kind === 'secret' ? created.credential.secret.reveal() : '';
    const { appId, displayName } = created.application;
    expect(formatSdkAuth(created)).toBe(`{
  "clientId": "${appId}",
  "clientSecret": "${secret}",
  "subscriptionId": "${emulator.subscription().id}",
  "tenantId": "${emulator.tenant().id}",
  "activeDirectoryEndpointUrl": "https://login.microsoftonline.com",
  "resourceManagerEndpointUrl": "https://management.azure.com/",
  "activeDirectoryGraphResourceId": "https://graph.windows.net/",
  "sqlManagementEndpointUrl": "https://management.core.windows.net:8443/",
  "galleryEndpointUrl": "https://gallery.azure.com/",
  "managementEndpointUrl": "https://management.core.windows.net/"
}`);
    expect(formatForRbac(created)).toBe(`{
  "appId": "${appId}",
  "displayName": "${displayName}",
  "password": "${secret}",
  "tenant": "${emulator.tenant().id}"
}`);
    const elsewhere = JSON.parse(formatSdkAuth(created, { cloud: emulator.cloud })) as Record<
      string,
      unknown
    >;
    expect(elsewhere).toMatchObject({
      activeDirectoryEndpointUrl: emulator.origin,
      resourceManagerEndpointUrl: `${emulator.origin}/`,
      galleryEndpointUrl: null,
    });
  });

  it('names the file of a certificate, and has no place for a federated credential', async () => {
    const withCertificate = await make({ credential: { kind: 'certificate' } });
    expect(() => formatSdkAuth(withCertificate)).toThrow(/names the file/);
    const files = { certificateFile: 'keys/zoë.pem' };
    expect(formatSdkAuth(withCertificate, files)).toContain(
      '"clientCertificate": "keys/zo\\u00eb.pem",\n  "subscriptionId"',
    );
    expect(formatForRbac(withCertificate, files)).toContain('"fileWithCertAndPrivateKey": "keys/zoë.pem",');
    const without = await make();
    expect(() => formatSdkAuth(without)).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
    expect(formatForRbac(without)).toContain('"password": null');
    const { subscriptionId: _subscription, ...nowhere } = withCertificate;
    expect(() => formatSdkAuth(nowhere, files)).toThrow(/subscription/);
  });
});

describe('federation', () => {
  it('knows the subjects of GitHub Actions and Kubernetes', () => {
    const runs = { owner: 'contoso', repository: 'ml' };
    const subject = (more: object) => githubFederation({ ...runs, ...more }).subject;
    expect(subject({ environment: 'prod' })).toBe('repo:contoso/ml:environment:prod');
    expect(subject({ branch: 'main' })).toBe('repo:contoso/ml:ref:refs/heads/main');
    expect(subject({ tag: 'v1' })).toBe('repo:contoso/ml:ref:refs/tags/v1');
    expect(subject({ pullRequest: true })).toBe('repo:contoso/ml:pull_request');
    for (const bad of [{}, { branch: 'a', tag: 'b' }, { branch: 'a', owner: 'a/b' }]) {
      expect(() => subject(bad)).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
    }
    const account = { issuer: 'https://oidc.example/', namespace: 'ml', serviceAccount: 'train' };
    expect(kubernetesFederation(account).subject).toBe('system:serviceaccount:ml:train');
    expect(() => kubernetesFederation({ ...account, namespace: 'ML:x' })).toThrow(/Kubernetes/);
  });
});
