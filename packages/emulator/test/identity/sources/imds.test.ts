import { startEmulator } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { callArm } from '../../support/emulated.js';
import { ARM, ask, hostsSeed, readAs, type HostAnswer } from '../../support/hosts.js';
import { withEmulator } from '../../support/with-emulator.js';

const emulated = withEmulator({ seed: hostsSeed });
const PATH = '/metadata/identity/oauth2/token';
const VALID = { 'api-version': '2018-02-01', resource: ARM };

function token(
  query: Readonly<Record<string, string>> = VALID,
  host = 'vm',
  headers: Record<string, string> = { Metadata: 'true' },
): Promise<HostAnswer> {
  const { AZURE_POD_IDENTITY_AUTHORITY_HOST: base } = emulated().host(host).env;
  return ask(emulated(), `${base}${PATH}`, query, { headers });
}

describe('a token', () => {
  test('lasts 24 hours, its numbers are texts, and it names the identity and the machine', async () => {
    const { status, body, claims, headers } = await token();
    const [identity] = emulated().host('vm').identities;
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      'access_token',
      'client_id',
      'expires_in',
      'expires_on',
      'ext_expires_in',
      'not_before',
      'resource',
      'token_type',
    ]);
    expect(body).toMatchObject({
      client_id: identity!.clientId,
      expires_in: '86399',
      ext_expires_in: '86399',
      expires_on: String(claims.exp),
      not_before: String(claims.nbf),
      resource: ARM,
      token_type: 'Bearer',
    });
    const machine = identity!.id.replace('/resourceGroups/', '/resourcegroups/');
    expect(machine).toMatch(/\/resourcegroups\/rg-ml\/providers\/Microsoft\.Compute\/virtualMachines\/vm$/);
    expect(claims).toMatchObject({
      aud: ARM,
      iss: `https://sts.windows.net/${emulated().tenant().id}/`,
      appid: identity!.clientId,
      appidacr: '2',
      idtyp: 'app',
      oid: identity!.principalId,
      sub: identity!.principalId,
      tid: emulated().tenant().id,
      ver: '1.0',
      xms_mirid: machine,
      xms_az_rid: machine,
    });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('of a user-assigned identity names that as its resource', async () => {
    const { id, clientId } = emulated().identity('id-cluster');
    const { claims } = await token(VALID, 'one-identity');
    expect(claims).toMatchObject({
      appid: clientId,
      xms_mirid: id.replace('/resourceGroups/', '/resourcegroups/'),
      xms_az_rid: expect.stringMatching(/virtualMachines\/one-identity$/) as string,
    });
  });

  test('opens what the identity has a role for, and nothing else', async () => {
    const { body } = await token();
    const { id } = emulated().subscription();
    expect(await readAs(emulated(), body['access_token'], `/subscriptions/${id}/resourceGroups/rg-ml2`)).toBe(
      200,
    );
    expect(await readAs(emulated(), body['access_token'], emulated().workspace('ws1').id)).toBe(403);
  });

  test.each(['client_id', 'object_id', 'msi_res_id'])('is given by %s', async (selector) => {
    const { id, clientId, principalId } = emulated().identity('id-other');
    const values: Record<string, string> = { client_id: clientId, object_id: principalId, msi_res_id: id };
    const value = values[selector]!.toUpperCase();
    const { body, claims } = await token({ ...VALID, [selector]: value }, 'two-identities');
    expect(body['client_id']).toBe(clientId);
    expect(claims['oid']).toBe(principalId);
  });

  test.each(['/', ''])('is given at the path that ends in "%s", in any case', async (end) => {
    const url = `http://localhost:${emulated().port}/Metadata/identity/OAuth2/token${end}`;
    expect((await ask(emulated(), url, VALID, { headers: { Metadata: 'TRUE' } })).status).toBe(200);
  });
});

describe('refusals', () => {
  test.each<[string, Readonly<Record<string, string>>, string, string, string]>([
    [
      'no resource',
      { 'api-version': '2018-02-01' },
      'vm',
      'invalid_request',
      "Required query variable 'resource' is missing",
    ],
    ['no api-version', { resource: ARM }, 'vm', 'invalid_request', "Required query variable 'api-version'"],
    ['an old api-version', { ...VALID, 'api-version': '2017-01-01' }, 'vm', 'invalid_request', '2017-01-01'],
    ['an unknown resource', { ...VALID, resource: 'https://x' }, 'vm', 'invalid_resource', 'AADSTS500011: '],
    [
      'an identity that the machine does not have',
      { ...VALID, client_id: '00000000-0000-4000-8000-000000000001' },
      'vm',
      'invalid_request',
      'Identity not found',
    ],
    [
      'two names that are not of one identity',
      { ...VALID, client_id: '00000000-0000-4000-8000-000000000001', msi_res_id: '/x' },
      'two-identities',
      'invalid_request',
      'Identity not found',
    ],
    [
      'two identities and no name',
      VALID,
      'two-identities',
      'invalid_request',
      'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request',
    ],
  ])('%s', async (_, query, host, error, description) => {
    const { status, body } = await token(query, host);
    expect(status).toBe(400);
    expect(Object.keys(body)).toEqual(['error', 'error_description']);
    expect(body['error']).toBe(error);
    expect(body['error_description']).toContain(description);
  });

  test('a probe without the header gets its 400 at once, with and without a slash', async () => {
    for (const path of [PATH, `${PATH}/`]) {
      const probe = await ask(emulated(), `http://127.0.0.1:${emulated().port}${path}`, {});
      expect(probe.status).toBe(400);
      expect(probe.body).toEqual({
        error: 'invalid_request',
        error_description: 'Required metadata header not specified',
      });
    }
  });

  test('only GET is answered', async () => {
    const url = `http://127.0.0.1:${emulated().port}${PATH}`;
    const { status, headers } = await ask(emulated(), url, VALID, { method: 'POST' });
    expect([status, headers.get('allow')]).toEqual([405, 'GET']);
  });

  test('without a machine there is no identity, but a fast answer', async () => {
    const emulator = await startEmulator({ seed: { ...hostsSeed, hosts: [], roleAssignments: [] } });
    const url = `http://127.0.0.1:${emulator.port}`;
    const headers = { Metadata: 'true' };
    expect((await ask(emulator, `${url}${PATH}`, VALID, { headers })).body).toMatchObject({
      error_description: 'Identity not found',
    });
    expect((await ask(emulator, `${url}${PATH}`, VALID)).body).toMatchObject({
      error_description: 'Required metadata header not specified',
    });
    const location = `${url}/metadata/instance/compute/location`;
    expect((await ask(emulator, location, {}, { headers })).status).toBe(404);
    await emulator.close();
  });

  test('an identity that was deleted is not found any more, until the state is put back', async () => {
    const before = emulated().snapshot();
    const { id } = emulated().identity('id-cluster');
    expect((await callArm(emulated(), 'platform-admin', id, { method: 'DELETE' })).status).toBe(200);
    expect((await token(VALID, 'one-identity')).body).toMatchObject({
      error_description: 'Identity not found',
    });
    emulated().restore(before);
    expect((await token(VALID, 'one-identity')).status).toBe(200);
  });
});

describe('/metadata/instance/compute/location', () => {
  const location = (query: Readonly<Record<string, string>>, headers = { Metadata: 'true' }) =>
    ask(emulated(), `http://127.0.0.1:${emulated().port}/metadata/instance/compute/location`, query, {
      headers,
    });

  test('is the region of the machine, as text or JSON', async () => {
    const version = { 'api-version': '2021-02-01' };
    expect((await location({ ...version, format: 'text' })).text).toBe('northeurope');
    expect((await location(version)).text).toBe('"northeurope"');
  });

  test('names the newest api-versions to whoever gives none', async () => {
    const { status, body } = await location({ format: 'json' });
    expect(status).toBe(400);
    expect(body['newest-versions']).toContain('2021-02-01');
  });

  test('wants the header', async () => {
    expect((await location({}, {} as { Metadata: string })).status).toBe(400);
  });
});
