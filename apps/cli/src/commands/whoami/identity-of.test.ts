import { UnsecuredJWT } from 'jose';
import { expect, it } from 'vitest';
import { identityOf } from './identity-of.js';

const jwt = (claims: Record<string, unknown>) => new UnsecuredJWT(claims).encode();

it('names a service principal by its v1 token', () => {
  const token = jwt({
    idtyp: 'app',
    appid: 'a',
    oid: 'o',
    tid: 't',
    aud: 'https://management.azure.com',
    exp: 1_795_388_154,
  });
  expect(identityOf(token)).toMatchObject({
    kind: 'servicePrincipal',
    clientId: 'a',
    objectId: 'o',
    tenantId: 't',
    expiresOn: '2026-11-22T22:55:54.000Z',
  });
});

it('names a user by its v2 token', () => {
  expect(
    identityOf(jwt({ scp: 'user_impersonation', azp: 'a', preferred_username: 'alice@contoso.com' })),
  ).toMatchObject({
    kind: 'user',
    name: 'alice@contoso.com',
    clientId: 'a',
  });
});

it.each(['', 'opaque', 'a.b.c', 'eyJ.eyJ.x'])('names nobody by %j', (token) => {
  expect(identityOf(token)).toEqual({});
});
