import { manualClock } from '@aml-auth/core/testing';
import { beforeEach, expect, test } from 'vitest';

import { postToken, secretForm } from '../support/emulated.js';
import { ARM_SCOPE, AZURE_CLI, byPassword, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const clock = manualClock(Date.parse('2026-11-22T09:00:00Z'));
const emulated = withEmulator({ seed: USER_SEED, clock });

const GRAPH = 'https://graph.microsoft.com/.default';

beforeEach(() => {
  clock.advance(60_000);
});

const cae = (value: string): string => JSON.stringify({ access_token: { xms_cc: { values: [value] } } });

async function userToken(claims?: string, scope = ARM_SCOPE): Promise<string> {
  return (await byPassword(emulated(), 'alice@contoso', { claims, scope })).access_token;
}

function read(
  token: string,
  path = `${emulated().workspace().id}?api-version=2024-10-01`,
): Promise<Response> {
  return emulated().fetch(`${emulated().origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

const readGraph = (token: string): Promise<Response> => read(token, '/graph/v1.0/me');

test.each(['cp1', 'CP1'])(
  'a token with the capability %s is challenged with the time of the revocation',
  async (value) => {
    const token = await userToken(cae(value));
    expect((await read(token)).status).toBe(200);
    emulated().revoke('alice@contoso');
    const response = await read(token);
    expect(response.status).toBe(401);
    const header = response.headers.get('www-authenticate') ?? '';
    const [, claims = ''] = /claims="([^"]*)"/.exec(header) ?? [];
    expect(header).toBe(
      `Bearer realm="", authorization_uri="${emulated().origin}/common/oauth2/authorize", error="insufficient_claims", claims="${claims}"`,
    );
    const nbf = String(Math.floor(clock.now() / 1000));
    expect(atob(claims)).toBe(
      JSON.stringify({
        access_token: { nbf: { essential: true, value: nbf }, xms_caeerror: { value: '10012' } },
      }),
    );
  },
);

test('Microsoft Graph challenges as well, and takes the token that the merged claims give', async () => {
  const token = await userToken(cae('cp1'), GRAPH);
  emulated().revoke('alice@contoso');
  const response = await readGraph(token);
  expect(response.status).toBe(401);
  const [, claims = ''] = /claims="([^"]*)"/.exec(response.headers.get('www-authenticate') ?? '') ?? [];
  const challenge = JSON.parse(atob(claims)) as { access_token: object };
  const merged = { access_token: { ...challenge.access_token, xms_cc: { values: ['cp1'] } } };
  expect((await readGraph(await userToken(JSON.stringify(merged), GRAPH))).status).toBe(200);
});

test('tokens without the capability last until they expire', async () => {
  const token = await userToken();
  emulated().revoke('alice@contoso');
  expect((await read(token)).status).toBe(200);
  clock.advance(3_600_000);
  expect((await read(token)).status).toBe(401);
});

test('the tokens of others stay valid, and refresh tokens do', async () => {
  const { refresh_token: refresh } = await byPassword(emulated(), 'alice@contoso');
  const token = await userToken(cae('cp1'));
  emulated().revoke('bob@contoso');
  expect((await read(token)).status).toBe(200);
  emulated().revoke('alice@contoso');
  const form = {
    grant_type: 'refresh_token',
    client_id: AZURE_CLI,
    refresh_token: refresh,
    scope: ARM_SCOPE,
  };
  expect((await postToken(emulated(), { ...form, claims: cae('cp1') })).status).toBe(200);
});

test('applications go by their name, their name in a tenant, or their object id', async () => {
  for (const name of ['api', 'contoso/api', emulated().app('api').objectId]) {
    const response = await postToken(emulated(), { ...secretForm(emulated(), 'api'), claims: cae('cp1') });
    const { access_token: token } = (await response.json()) as { access_token: string };
    // Without a role the application is refused, but known.
    expect((await read(token)).status).toBe(403);
    emulated().revoke(name);
    expect((await read(token)).status).toBe(401);
  }
});

test.each(['nobody@contoso', 'nothing', '00000000-0000-4000-8000-000000000000'])(
  'there is nothing to revoke for %s',
  (name) => {
    expect(() => {
      emulated().revoke(name);
    }).toThrow(expect.objectContaining({ code: 'AML_NOT_FOUND' }) as Error);
  },
);
