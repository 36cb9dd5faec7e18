import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { describe, expect, test } from 'vitest';

import { postToken, secretForm, tokenOf } from '../support/emulated.js';
import { callGraph } from '../support/graph.js';
import { ARM_SCOPE, authorizeUrl, byPassword, redeem, tokensOf, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso, ...others] = USER_SEED.tenants;
const emulated = withEmulator({
  seed: {
    ...USER_SEED,
    tenants: [
      {
        ...contoso!,
        apps: [
          ...contoso!.apps!,
          { name: 'modern', secrets: [{ value: 'modern' }], tokenVersion: 2 },
          {
            name: 'app-admin',
            secrets: [{ value: 'app-admin' }],
            graphPermissions: ['Application.ReadWrite.All'],
          },
        ],
      },
      ...others,
    ],
  },
});
const scopeOf = (name: string): string => `api://${emulated().app(name).clientId}/.default`;
const issuer = (): string => `${emulated().origin}/${emulated().tenant().id}/v2.0`;

describe('an API that wants tokens of version 2.0', () => {
  test('gets one of an application with exactly the claims of the real service', async () => {
    const token = await tokenOf(emulated(), 'portal', scopeOf('modern'));
    expect(Object.keys(decodeJwt(token)).sort()).toEqual(
      'aio aud azp azpacr exp iat iss nbf oid rh sub tid uti ver xms_ftd'.split(' '),
    );
    expect(decodeJwt(token)).toMatchObject({
      aud: emulated().app('modern').clientId,
      iss: issuer(),
      azp: emulated().app('portal').clientId,
      azpacr: '1',
      ver: '2.0',
    });
    expect(Object.keys(decodeProtectedHeader(token)).sort()).toEqual(['alg', 'kid', 'typ']);
  });

  test('can check it with what discovery says', async () => {
    const { origin, tenant, fetch } = emulated();
    const document = await fetch(`${origin}/${tenant().id}/v2.0/.well-known/openid-configuration`);
    const { jwks_uri: uri, issuer: expected } = (await document.json()) as {
      jwks_uri: string;
      issuer: string;
    };
    const keys = createLocalJWKSet((await (await fetch(uri)).json()) as JSONWebKeySet);
    const { access_token: token } = await byPassword(emulated(), 'alice@contoso', {
      scope: scopeOf('modern'),
    });
    const options = { issuer: expected, audience: emulated().app('modern').clientId };
    expect((await jwtVerify(token, keys, options)).payload).toMatchObject({
      preferred_username: 'alice@contoso.onmicrosoft.com',
      name: 'Alice Example',
      scp: 'user_impersonation',
      azpacr: '0',
    });
    expect(decodeJwt(token)).not.toHaveProperty('upn');
  });

  test('calls on with it, as whom the user signed in', async () => {
    const url = authorizeUrl(emulated(), { scope: scopeOf('modern') });
    const { fields } = await emulated().signIn({ upn: 'bob@contoso', url });
    const { access_token: assertion } = await tokensOf(redeem(emulated(), fields['code']!));
    const form = {
      ...secretForm(emulated(), 'modern'),
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      assertion,
      scope: ARM_SCOPE,
    };
    const { access_token: token } = await tokensOf(postToken(emulated(), form));
    expect(decodeJwt(token)).toMatchObject({
      ver: '1.0',
      oid: emulated().user('bob@contoso').id,
      amr: ['pwd', 'mfa'],
    });
  });
});

test('without saying so, an API gets tokens of version 1.0; Microsoft Graph can change that', async () => {
  const version = async (): Promise<unknown> =>
    decodeJwt(await tokenOf(emulated(), 'portal', scopeOf('api')))['ver'];
  expect(await version()).toBe('1.0');
  await callGraph(emulated(), 'app-admin', `/applications/${emulated().app('api').applicationId}`, {
    method: 'PATCH',
    body: { api: { requestedAccessTokenVersion: 2 } },
  });
  expect(await version()).toBe('2.0');
});
