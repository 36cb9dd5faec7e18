import { describe, expect, test } from 'vitest';

import { ARM, ask, hostsSeed, readAs, type HostAnswer } from '../../support/hosts.js';
import { withEmulator } from '../../support/with-emulator.js';

const emulated = withEmulator({ seed: hostsSeed });
const VALID = { 'api-version': '2017-09-01', resource: ARM };

function token(
  host: string,
  query: Readonly<Record<string, string>> = VALID,
  headers?: Record<string, string>,
): Promise<HostAnswer> {
  const { MSI_ENDPOINT, MSI_SECRET = '' } = emulated().host(host).env;
  return ask(emulated(), MSI_ENDPOINT, query, {
    headers: headers ?? { Metadata: 'true', secret: MSI_SECRET },
  });
}

function named(host: string): Record<string, string> {
  return { ...VALID, clientid: emulated().host(host).env['DEFAULT_IDENTITY_CLIENT_ID'] ?? '' };
}

describe('a cluster', () => {
  test('gives the identity that is named, and its expiry as a whole number', async () => {
    const { body, claims } = await token('cpu', named('cpu'));
    expect(body).toEqual({
      access_token: body['access_token'],
      client_id: emulated().identity('id-cluster').clientId,
      expires_on: claims.exp,
      resource: ARM,
      token_type: 'Bearer',
    });
    expect(Number.isInteger(body['expires_on'])).toBe(true);
    expect(claims['xms_az_rid']).toMatch(/\/workspaces\/ws1\/computes\/cpu$/);
  });

  test('opens with its system-assigned identity what that has a role for', async () => {
    const { body, claims } = await token('gpu', named('gpu'));
    expect(claims['oid']).toBe(emulated().compute('ws1/gpu').principalId);
    expect(await readAs(emulated(), body['access_token'], emulated().workspace('ws1').id)).toBe(200);
  });

  test.each([
    ['nothing', {}],
    ['the literal text', { clientid: 'clientid' }],
    ['a parameter of another protocol', { client_id: '00000000-0000-4000-8000-000000000001' }],
  ])('has no token for whoever names %s', async (_, query: Record<string, string>) => {
    const { status, text, headers } = await token('cpu', { ...VALID, ...query });
    expect(status).toBe(404);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toMatch(/^InternalError - :\{\s+Info: Request failure status code: 404\s+\}$/);
  });

  test('without an identity has the literal text for its client id', async () => {
    expect(named('bare')['clientid']).toBe('clientid');
    expect((await token('bare', named('bare'))).status).toBe(404);
  });
});

describe('an instance', () => {
  test.each([
    ['alices', {}],
    ['alices', { clientid: '' }],
    ['alices', { clientid: 'clientid' }],
    ['no-msi', {}],
  ])('%s gives the token of its user to whoever names no identity (%j)', async (host, query) => {
    const { body, claims } = await token(host, { ...VALID, ...query });
    const { id, name } = emulated().user('alice@contoso');
    expect(body).not.toHaveProperty('client_id');
    expect(claims).toMatchObject({ oid: id, upn: name, scp: 'user_impersonation', idtyp: 'user' });
    expect(claims).not.toHaveProperty('xms_mirid');
    // Through the group that she is in.
    expect(await readAs(emulated(), body['access_token'], emulated().workspace('ws1').id)).toBe(200);
  });

  test('gives its identity by name', async () => {
    const { claims } = await token('alices', named('alices'));
    expect(claims['oid']).toBe(emulated().compute('alices').principalId);
  });

  test('without single sign-on gives its identity', async () => {
    const { claims } = await token('no-sso');
    expect(claims['oid']).toBe(emulated().identity('id-cluster').principalId);
  });

  test('that is nobody’s says that it has no token', async () => {
    const { status, text } = await token('nobodys');
    expect(status).toBe(400);
    expect(text).toBe(
      'SSO failure: unable to retrieve a token. Error Token service nobodys. Token not found',
    );
  });
});

describe('an online endpoint', () => {
  test('gives its own identity without a name or an api-version', async () => {
    const { claims } = await token('scoring', { resource: ARM });
    expect(claims['xms_mirid']).toMatch(/\/workspaces\/ws1\/onlineEndpoints\/scoring$/);
  });

  test('gives a user-assigned one by name only', async () => {
    const { clientId } = emulated().identity('id-cluster');
    expect((await token('scoring-as-other')).status).toBe(404);
    expect((await token('scoring-as-other', { ...VALID, clientid: clientId })).claims['appid']).toBe(
      clientId,
    );
  });
});

describe('refusals', () => {
  test.each<[string, Record<string, string>, Record<string, string> | undefined, number, string]>([
    ['no secret', VALID, { Metadata: 'true' }, 401, 'Invalid secret token header: '],
    ['a wrong secret', VALID, { Metadata: 'true', secret: 'hunter2' }, 401, 'Invalid secret token header: '],
    ['another api-version', { ...VALID, 'api-version': '2019-08-01' }, undefined, 400, 'api-version'],
    ['no resource', { 'api-version': '2017-09-01' }, undefined, 400, 'Required audience parameter'],
    ['an unknown resource', { ...VALID, resource: 'https://x' }, undefined, 400, 'AADSTS500011'],
    [
      'another identity',
      { ...VALID, clientid: '00000000-0000-4000-8000-000000000001' },
      undefined,
      400,
      'Identity not found',
    ],
  ])('%s', async (_, query, headers, status, text) => {
    const answer = await token('cpu', query, headers);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'text/plain; charset=utf-8',
    ]);
    expect(answer.text).toContain(text);
    expect(answer.text).not.toContain('hunter2');
  });

  test('no Metadata header', async () => {
    const { MSI_SECRET = '' } = emulated().host('cpu').env;
    expect((await token('cpu', named('cpu'), { secret: MSI_SECRET })).status).toBe(400);
  });
});

describe('a job on behalf of its submitter', () => {
  test('gets the token of that person, without a header', async () => {
    const { OBO_ENDPOINT } = emulated().host('cpu').env;
    const { body, claims } = await ask(emulated(), OBO_ENDPOINT, { resource: ARM });
    expect(claims).toMatchObject({ upn: emulated().user('bob@contoso').name, scp: 'user_impersonation' });
    expect(body).toMatchObject({ expires_on: claims.exp, resource: ARM, token_type: 'Bearer' });
    expect(await readAs(emulated(), body['access_token'], emulated().workspace('ws1').id)).toBe(403);
  });

  test('is not there for other jobs', async () => {
    expect(emulated().host('gpu').env).not.toHaveProperty('OBO_ENDPOINT');
    const url = emulated().host('gpu').env['MSI_ENDPOINT']!.replace('MSI/auth', 'OBO/token');
    expect((await ask(emulated(), url, { resource: ARM })).status).toBe(404);
  });
});
