import { describe, expect, test } from 'vitest';

import { ARM, ask, hostsSeed, readAs, type HostAnswer } from '../../support/hosts.js';
import { withEmulator } from '../../support/with-emulator.js';

const emulated = withEmulator({ seed: hostsSeed });
const VALID = { 'api-version': '2019-08-01', resource: ARM };

function token(
  query: Readonly<Record<string, string>> = VALID,
  host = 'web',
  headers?: Record<string, string>,
): Promise<HostAnswer> {
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER = '' } = emulated().host(host).env;
  return ask(emulated(), IDENTITY_ENDPOINT, query, {
    headers: headers ?? { 'X-IDENTITY-HEADER': IDENTITY_HEADER },
  });
}

test('the system-assigned identity gets a token that its role opens the workspace for', async () => {
  const { body, claims } = await token();
  const { principalId, clientId } = emulated().host('web').identities[0]!;
  expect(body).toEqual({
    access_token: body['access_token'],
    client_id: clientId,
    expires_on: String(claims.exp),
    resource: ARM,
    token_type: 'Bearer',
  });
  expect(claims['oid']).toBe(principalId);
  expect(claims['xms_mirid']).toMatch(/\/providers\/Microsoft\.Web\/sites\/web$/);
  expect(await readAs(emulated(), body['access_token'], emulated().workspace('ws1').id)).toBe(200);
});

test.each(['client_id', 'mi_res_id', 'object_id', 'principal_id'])(
  'a user-assigned one is given by %s',
  async (selector) => {
    const { id, clientId, principalId } = emulated().identity('id-cluster');
    const value = { client_id: clientId, mi_res_id: id }[selector] ?? principalId;
    const { body } = await token({ ...VALID, [selector]: value });
    expect(body['client_id']).toBe(clientId);
  },
);

describe('refusals', () => {
  test.each<[string, Readonly<Record<string, string>>, string, string]>([
    [
      'the only user-assigned identity without its name',
      VALID,
      'user-assigned-web',
      'Unable to load the proper Managed Identity.',
    ],
    [
      'another identity',
      { ...VALID, client_id: '00000000-0000-4000-8000-000000000001' },
      'web',
      'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
    ],
    ['the parameter of another protocol', { ...VALID, 'api-version': '2017-09-01' }, 'web', '2019-08-01'],
    ['no resource', { 'api-version': '2019-08-01' }, 'web', 'resource'],
    ['an unknown resource', { ...VALID, resource: 'https://x' }, 'web', 'AADSTS500011'],
  ])('%s', async (_, query, host, message) => {
    const { status, body, headers } = await token(query, host);
    expect(status).toBe(400);
    expect(body).toEqual({
      statusCode: 400,
      message: expect.stringContaining(message) as string,
      correlationId: headers.get('x-correlation-id'),
    });
  });

  test.each([{}, { 'X-IDENTITY-HEADER': 'wrong' }, { secret: 'wrong' }])(
    'headers %j',
    async (headers: Record<string, string>) => {
      const { status, body } = await token(VALID, 'web', headers);
      expect([status, body['statusCode']]).toEqual([401, 401]);
    },
  );

  test('the secret of another host', async () => {
    const { IDENTITY_HEADER = '' } = emulated().host('user-assigned-web').env;
    expect((await token(VALID, 'web', { 'X-IDENTITY-HEADER': IDENTITY_HEADER })).status).toBe(401);
  });
});
