import { X509Certificate } from 'node:crypto';

import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, test } from 'vitest';

import { createRsaCertificate } from '../../src/tls/create-rsa-certificate.js';
import { assertionForm, signAssertion, thumbprintOf } from '../support/assertion.js';
import { postToken } from '../support/emulated.js';
import { callGraph, namesIn, type GraphAnswer } from '../support/graph.js';
import { graphSeed } from '../support/graph-seed.js';
import { withEmulator } from '../support/with-emulator.js';

const NOW = Date.UTC(2026, 10, 22, 9);
const clock = manualClock(NOW);
const emulated = withEmulator({ clock, seed: graphSeed });
const UNKNOWN = '11111111-2222-4333-8444-555555555555';

const call = (
  method: string,
  path: string,
  body?: unknown,
  caller = 'platform-admin',
): Promise<GraphAnswer> => callGraph(emulated(), caller, path, { method, body });
const create = (displayName: string, caller?: string): Promise<GraphAnswer> =>
  call('POST', '/applications', { displayName }, caller);

function signIn(appId: string, secret: string): Promise<Response> {
  return postToken(emulated(), {
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: secret,
    scope: 'https://management.azure.com/.default',
  });
}

describe('applications', () => {
  test('are made with three different ids', async () => {
    const { status, body } = await call('POST', '/applications', {
      displayName: 'MyApp',
      keyCredentials: [],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      displayName: 'MyApp',
      createdDateTime: '2026-11-22T09:00:00.000Z',
      publisherDomain: 'contoso.onmicrosoft.com',
      passwordCredentials: [],
      keyCredentials: [],
    });
    const principal = await call('POST', '/servicePrincipals', { appId: body.appId });
    expect(new Set([body.id, body.appId, principal.body.id]).size).toBe(3);
    expect((await call('GET', `/applications(appId='${body.appId}')`)).body.id).toBe(body.id);
  });

  test('are made once under a unique name, which never changes', async () => {
    const path = "/applications(uniqueName='a''b')";
    const upsert = (displayName: string, caller?: string): Promise<GraphAnswer> =>
      callGraph(emulated(), caller ?? 'platform-admin', path, {
        method: 'PATCH',
        headers: { prefer: 'create-if-missing' },
        body: { displayName },
      });
    expect(await call('GET', path)).toMatchObject({ status: 404 });
    expect(await call('PATCH', path, { displayName: 'x' })).toMatchObject({ status: 404 });
    expect(await upsert('x', 'auditor')).toMatchObject({ status: 403 });
    const made = await upsert('first');
    expect(made).toMatchObject({ status: 201, body: { uniqueName: "a'b", displayName: 'first' } });
    expect(await upsert('second')).toMatchObject({ status: 204 });
    expect((await call('GET', path)).body).toMatchObject({ id: made.body.id, displayName: 'second' });
    const change = { uniqueName: 'c' };
    expect(await call('PATCH', `/applications/${made.body.id}`, change)).toMatchObject({ status: 400 });
  });

  test('are changed, and their service principals take the new name', async () => {
    const { applicationId, clientId } = emulated().app('trainer');
    const change = { displayName: 'renamed', tags: ['a'], web: { redirectUris: ['https://localhost/back'] } };
    expect(await call('PATCH', `/applications/${applicationId}`, change)).toMatchObject({ status: 204 });
    expect((await call('GET', `/applications/${applicationId}`)).body).toMatchObject(change);
    const principal = await call('GET', `/servicePrincipals(appId='${clientId}')`);
    expect(principal.body.displayName).toBe('renamed');
  });

  test.each([
    [{ displayName: '' }],
    [{ displayName: 7 }],
    [{ nonsense: true }],
    [{ toString: 'x' }],
    [{ signInAudience: 'Everybody' }],
    [{ identifierUris: 'x' }],
    [{ web: { redirectUris: [1] } }],
    [{ passwordCredentials: [{}] }],
    [{ keyCredentials: [{}] }],
    [{ keyCredentials: [{ type: 'AsymmetricX509Cert', usage: 'Verify', key: 'AAAA' }] }],
    [[]],
  ])('a change %j is refused', async (body) => {
    const { applicationId } = emulated().app('trainer');
    const answer = await call('PATCH', `/applications/${applicationId}`, body);
    expect(answer).toMatchObject({ status: 400, code: 'Request_BadRequest' });
  });

  test('what is not JSON is refused', async () => {
    const { applicationId } = emulated().app('trainer');
    const response = await callGraph(emulated(), 'platform-admin', `/applications/${applicationId}`, {
      method: 'PATCH',
    });
    expect(response).toMatchObject({ status: 400, code: 'Request_BadRequest' });
  });

  test('go away with their service principals, which leave their groups', async () => {
    const { applicationId, objectId, clientId } = emulated().app('trainer');
    expect(await call('DELETE', `/applications/${applicationId}`)).toMatchObject({ status: 204 });
    expect(await call('GET', `/applications/${applicationId}`)).toMatchObject({ status: 404 });
    expect(await call('GET', `/servicePrincipals/${objectId}`)).toMatchObject({ status: 404 });
    const members = await call('GET', `/groups/${emulated().group('everybody').id}/members`);
    expect(namesIn(members)).toEqual(['data-science']);
    expect((await signIn(clientId, 'trainer-secret-of-the-emulator')).status).toBe(400);
  });
});

describe('secrets', () => {
  test('one that was made signs in at once, stands nowhere else, and is gone when removed', async () => {
    const { body: application } = await create('MyApp');
    await call('POST', '/servicePrincipals', { appId: application.appId, accountEnabled: true });
    const path = `/applications(appId='${application.appId}')`;
    const passwordCredential = { displayName: 'rbac', endDateTime: '2027-11-22T09:00:00Z' };
    const added = await call('POST', `${path}/addPassword`, { passwordCredential });
    expect(added).toMatchObject({
      status: 200,
      body: {
        displayName: 'rbac',
        startDateTime: '2026-11-22T09:00:00.000Z',
        endDateTime: '2027-11-22T09:00:00.000Z',
        hint: added.body.secretText.slice(0, 3),
      },
    });
    expect(added.body.secretText).toMatch(/^[\w.]{3}8Q~[\w.]{34}$/);
    expect((await signIn(application.appId, added.body.secretText)).status).toBe(200);

    const shown = await call('GET', path);
    expect(shown.body.passwordCredentials).toMatchObject([{ keyId: added.body.keyId, secretText: null }]);
    const everything = JSON.stringify([emulated().snapshot(), emulated().requests]);
    expect(everything).not.toContain(added.body.secretText);

    const { keyId } = added.body;
    expect(await call('POST', `${path}/removePassword`, { keyId })).toMatchObject({ status: 204 });
    expect((await signIn(application.appId, added.body.secretText)).status).toBe(401);
    expect(await call('POST', `${path}/removePassword`, { keyId })).toMatchObject({ status: 400 });
  });

  test('last two years by default', async () => {
    const { applicationId } = emulated().app('trainer');
    const { body } = await call('POST', `/applications/${applicationId}/addPassword`, {});
    expect(body).toMatchObject({ endDateTime: '2028-11-22T09:00:00.000Z' });
  });

  test.each([{ endDateTime: '2020-01-01T00:00:00Z' }, { endDateTime: 'soon' }, { displayName: 7 }, 'text'])(
    '%j is refused',
    async (passwordCredential) => {
      const { applicationId } = emulated().app('trainer');
      const answer = await call('POST', `/applications/${applicationId}/addPassword`, { passwordCredential });
      expect(answer).toMatchObject({ status: 400, code: 'Request_BadRequest' });
    },
  );
});

describe('certificates', () => {
  test('are added beside others, show no key, and sign in at once', async () => {
    const { certificate: pem, privateKey } = await createRsaCertificate('test', NOW - 1, NOW + 86_400_000);
    const { applicationId } = emulated().app('trainer');
    const path = `/applications/${applicationId}`;
    const key = pem.replaceAll(/-----[^-]+-----|\s/g, '');
    const entry = { type: 'AsymmetricX509Cert', usage: 'Verify', displayName: 'first', key };
    expect(await call('PATCH', path, { keyCredentials: [entry] })).toMatchObject({ status: 204 });
    const [first] = (await call('GET', path)).body.keyCredentials;
    expect(first).toMatchObject({ displayName: 'first', key: null, type: 'AsymmetricX509Cert' });
    const second = { ...entry, displayName: 'second', key: Buffer.from(pem).toString('base64') };
    await call('PATCH', path, { keyCredentials: [first, second] });
    expect((await call('GET', path)).body.keyCredentials).toMatchObject([first, { displayName: 'second' }]);

    const { fingerprint, fingerprint256 } = new X509Certificate(pem);
    const [thumbprint, thumbprintSha256] = [fingerprint, fingerprint256].map((text) =>
      text.replaceAll(':', ''),
    );
    const certificate = { pem, privateKey, thumbprint: thumbprint!, thumbprintSha256: thumbprintSha256! };
    const header = { 'x5t#S256': thumbprintOf.sha256(certificate) };
    const assertion = await signAssertion(emulated(), 'trainer', NOW, { certificate, header });
    const signedIn = await postToken(emulated(), assertionForm(emulated(), 'trainer', assertion));
    expect(signedIn.status).toBe(200);
    await call('PATCH', path, { keyCredentials: [] });
    const again = await signAssertion(emulated(), 'trainer', NOW, { certificate, header });
    expect((await postToken(emulated(), assertionForm(emulated(), 'trainer', again))).status).toBe(401);
  });
});

describe('federated credentials', () => {
  const path = (): string =>
    `/applications/${emulated().app('owned').applicationId}/federatedIdentityCredentials`;
  const credential = {
    name: 'main',
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'repo:o/r:ref:refs/heads/main',
    audiences: ['api://AzureADTokenExchange'],
  };

  test('are made, found by id and name, changed and removed', async () => {
    const made = await call('POST', path(), { ...credential, description: 'd' });
    expect(made).toMatchObject({ status: 201, body: { ...credential, description: 'd' } });
    for (const key of [made.body.id, 'main']) {
      expect((await call('GET', `${path()}/${key}`)).body).toMatchObject(credential);
    }
    const subject = 'repo:o/r:pull_request';
    expect(await call('PATCH', `${path()}/main`, { subject })).toMatchObject({ status: 204 });
    expect((await call('GET', path())).body.value).toMatchObject([{ ...credential, subject }]);
    expect(await call('PATCH', `${path()}/main`, { name: 'other' })).toMatchObject({ status: 400 });
    expect(await call('DELETE', `${path()}/main`)).toMatchObject({ status: 204 });
    expect(await call('GET', `${path()}/main`)).toMatchObject({ status: 404 });
  });

  test.each([
    ['a name with a slash', { name: 'a/b' }, 400],
    ['a name too long', { name: 'x'.repeat(121) }, 400],
    ['an issuer too long', { issuer: `https://${'x'.repeat(600)}` }, 400],
    ['an issuer without https', { issuer: 'http://localhost' }, 400],
    ['no subject', { subject: undefined }, 400],
    ['a subject too long', { subject: 'x'.repeat(601) }, 400],
    ['no audience', { audiences: [] }, 400],
    ['two audiences', { audiences: ['a', 'b'] }, 400],
    ['the same name', { subject: 'other' }, 409],
    ['the same issuer and subject', { name: 'other' }, 409],
  ])('with %s are refused', async (_, change, status) => {
    await call('POST', path(), credential);
    expect(await call('POST', path(), { ...credential, ...change })).toMatchObject({ status });
  });

  test('are at most 20', async () => {
    for (let index = 0; index < 20; index += 1) {
      const body = { ...credential, name: `n${index}`, subject: `s${index}` };
      expect(await call('POST', path(), body)).toMatchObject({ status: 201 });
    }
    expect(await call('POST', path(), credential)).toMatchObject({ status: 403 });
  });
});

describe('service principals', () => {
  test('are made once, and only for an application that exists', async () => {
    const { body } = await create('MyApp');
    expect(await call('POST', '/servicePrincipals', { appId: body.appId })).toMatchObject({
      status: 201,
      body: { appId: body.appId, displayName: 'MyApp', servicePrincipalNames: [body.appId] },
    });
    const again = await call('POST', '/servicePrincipals', { appId: body.appId });
    expect(again).toMatchObject({ status: 409, code: 'Request_MultipleObjectsWithSameKeyValue' });
    const none = await call('POST', '/servicePrincipals', { appId: UNKNOWN });
    expect(none).toMatchObject({ status: 400, code: 'NoBackingApplicationObject' });
    expect(none.body.error.message).toContain('does not reference a valid application object');
    expect(await call('POST', '/servicePrincipals', { appId: 'x' })).toMatchObject({ status: 400 });
  });

  test('are found the way the Azure CLI looks for them', async () => {
    const { clientId, objectId } = emulated().app('trainer');
    const { body } = await call(
      'GET',
      `/servicePrincipals?$filter=${encodeURIComponent(`servicePrincipalNames/any(c:c eq '${clientId}')`)}`,
    );
    expect(body.value).toMatchObject([{ id: objectId, appId: clientId }]);
  });

  test('of managed identities are there, and stay', async () => {
    const { principalId = '' } = emulated().workspace('ws1');
    const path = `/servicePrincipals/${principalId}`;
    expect((await call('GET', path)).body).toMatchObject({
      displayName: 'ws1',
      servicePrincipalType: 'ManagedIdentity',
      alternativeNames: [expect.anything(), emulated().workspace('ws1').id],
    });
    expect(await call('DELETE', path)).toMatchObject({ status: 400 });
  });

  test('can be removed', async () => {
    const { objectId } = emulated().app('trainer');
    expect(await call('DELETE', `/servicePrincipals/${objectId}`)).toMatchObject({ status: 204 });
    expect(await call('DELETE', `/servicePrincipals/${objectId}`)).toMatchObject({ status: 404 });
  });

  test('with Application.ReadWrite.OwnedBy only for applications that the caller made', async () => {
    const { body: own } = await create('own', 'deployer');
    const { body: other } = await create('other');
    const post = (appId: string): Promise<GraphAnswer> =>
      call('POST', '/servicePrincipals', { appId }, 'deployer');
    expect(await post(own.appId)).toMatchObject({ status: 201 });
    expect(await post(other.appId)).toMatchObject({ status: 403 });
  });
});

describe('owners', () => {
  test('are added and removed, and what they may follows', async () => {
    const { applicationId } = emulated().app('trainer');
    const { objectId } = emulated().app('deployer');
    const path = `/applications/${applicationId}`;
    const change = (): Promise<GraphAnswer> => call('PATCH', path, { notes: 'x' }, 'deployer');
    expect(await change()).toMatchObject({ status: 403 });
    const reference = { '@odata.id': `${emulated().origin}/graph/v1.0/directoryObjects/${objectId}` };
    expect(await call('POST', `${path}/owners/$ref`, reference)).toMatchObject({ status: 204 });
    expect(await call('POST', `${path}/owners/$ref`, reference)).toMatchObject({ status: 400 });
    expect(namesIn(await call('GET', `${path}/owners`))).toEqual(['deployer']);
    expect(await change()).toMatchObject({ status: 204 });
    expect(await call('DELETE', `${path}/owners/${objectId}/$ref`)).toMatchObject({ status: 204 });
    expect(await call('DELETE', `${path}/owners/${objectId}/$ref`)).toMatchObject({ status: 404 });
    expect(await change()).toMatchObject({ status: 403 });
  });

  test('of a new application and service principal are their makers', async () => {
    const { body } = await create('own', 'deployer');
    const principal = await call('POST', '/servicePrincipals', { appId: body.appId }, 'deployer');
    for (const path of [`/applications/${body.id}`, `/servicePrincipals/${principal.body.id}`]) {
      expect(namesIn(await call('GET', `${path}/owners`))).toEqual(['deployer']);
    }
  });
});
