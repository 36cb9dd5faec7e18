import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';

import { tokenOf } from '../support/emulated.js';
import { ARM_SCOPE, byPassword, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: USER_SEED });
const GRAPH = 'https://graph.microsoft.com/User.Read openid profile';

async function ask(token: string | undefined, method = 'GET'): Promise<Response> {
  const { origin, tenant, fetch } = emulated();
  const document = await fetch(`${origin}/${tenant().id}/v2.0/.well-known/openid-configuration`);
  const { userinfo_endpoint: url } = (await document.json()) as { userinfo_endpoint: string };
  return fetch(url, { method, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
}

test.each(['GET', 'POST'])('%s tells who the user is, with the subject of the ID token', async (method) => {
  const tokens = await byPassword(emulated(), 'alice@contoso', { scope: GRAPH });
  expect(await (await ask(tokens.access_token, method)).json()).toEqual({
    sub: decodeJwt(tokens.id_token).sub,
    name: 'Alice Example',
    given_name: 'Alice',
    family_name: 'Example',
    picture: `${emulated().origin}/graph/v1.0/me/photo/$value`,
    email: 'alice@contoso.onmicrosoft.com',
  });
});

describe('refuses', () => {
  test.each<[string, () => Promise<string | undefined>, string, number]>([
    ['nobody', () => Promise.resolve(undefined), 'GET', 401],
    [
      'a token for another service',
      async () => (await byPassword(emulated(), 'alice@contoso', { scope: ARM_SCOPE })).access_token,
      'GET',
      401,
    ],
    [
      'an application',
      () => tokenOf(emulated(), 'portal', 'https://graph.microsoft.com/.default'),
      'GET',
      403,
    ],
    ['another method', () => Promise.resolve('x'), 'DELETE', 405],
  ])('%s', async (_, token, method, status) => {
    expect((await ask(await token(), method)).status).toBe(status);
  });
});
