import {
  allowTenants,
  createAccessToken,
  expectIdentity,
  identityOfToken,
  type AccessToken,
  type Credential,
  type ExpectedIdentity,
} from '@aml-auth/core';
import { describe, expect, it } from 'vitest';

const SCOPE = 'https://ml.azure.com/.default';
const [TENANT, CLIENT, OBJECT] = [1, 2, 3].map((n) => `aaaaaaaa-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const OTHER = '99999999-9999-4999-8999-999999999999';
const FOUND = {
  kind: 'managedIdentity',
  tenantId: TENANT,
  clientId: CLIENT,
  objectId: OBJECT,
  audience: 'https://ml.azure.com',
} as const;

const jwt = (claims: unknown) =>
  `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

function credentialFor(token: string): Credential & { calls: number; given: AccessToken } {
  const self = {
    calls: 0,
    given: createAccessToken({ token, expiresOnTimestamp: Date.now() + 1e6 }),
    getToken: () => {
      self.calls += 1;
      return Promise.resolve(self.given);
    },
    describe: () => ({ method: 'test' }),
  };
  return self;
}

const machine = jwt({
  tid: TENANT.toUpperCase(),
  appid: CLIENT,
  oid: OBJECT,
  aud: 'https://ml.azure.com/',
  idtyp: 'app',
  xms_mirid: '/subscriptions/s',
});

describe('identityOfToken', () => {
  it.each([
    [{ idtyp: 'user' }, 'user'],
    [{ scp: 'user_impersonation' }, 'user'],
    [{ idtyp: 'app', roles: ['x'] }, 'servicePrincipal'],
    [{ idtyp: 'app', xms_mirid: '/subscriptions/s' }, 'managedIdentity'],
    [{}, 'servicePrincipal'],
  ])('takes %j for a %s', (claims, kind) => {
    expect(identityOfToken(jwt(claims))).toEqual({ kind });
  });

  it('reads the ids of tokens of both versions, and names beyond ASCII without harm', () => {
    expect(identityOfToken(machine)).toEqual({ ...FOUND, audience: 'https://ml.azure.com/' });
    expect(identityOfToken(jwt({ azp: CLIENT, name: 'Zoë 한글' }))).toMatchObject({ clientId: CLIENT });
  });

  it.each([
    '',
    'opaque',
    'a.b',
    'a.b.c',
    'a.b.c.d',
    jwt(null),
    jwt([1]),
    jwt(5),
    `a.${'x'.repeat(70_000)}.c`,
  ])('has no opinion on %j', (token) => {
    expect(identityOfToken(token)).toBeUndefined();
  });
});

describe('expectIdentity', () => {
  it('releases the token of the expected identity, and looks into it once', async () => {
    const inner = credentialFor(machine);
    const subject = expectIdentity(inner, { ...FOUND, tenantId: TENANT.toUpperCase() });
    expect(await subject.getToken(SCOPE)).toBe(inner.given);
    expect(await subject.getToken(SCOPE)).toBe(inner.given);
    expect(subject.describe()).toEqual({ method: 'test' });
  });

  it.each<[keyof ExpectedIdentity, ExpectedIdentity]>([
    ['kind', { kind: 'user' }],
    ['tenantId', { tenantId: OTHER }],
    ['clientId', { clientId: OTHER }],
    ['objectId', { objectId: OTHER }],
    ['audience', { audience: 'https://management.azure.com' }],
  ])('does not release a token with another %s', async (name, expected) => {
    await expect(expectIdentity(credentialFor(machine), expected).getToken(SCOPE)).rejects.toMatchObject({
      code: 'AML_IDENTITY_MISMATCH',
      disposition: 'stop',
      message: expect.stringContaining(`; ${name} ${String(expected[name])} was expected`) as string,
    });
  });

  it('does not release a token without the claim, nor one that cannot be read, unless that is allowed', async () => {
    const bare = credentialFor(jwt({ idtyp: 'app' }));
    await expect(expectIdentity(bare, { objectId: OBJECT }).getToken(SCOPE)).rejects.toMatchObject({
      code: 'AML_IDENTITY_MISMATCH',
    });
    const opaque = credentialFor('opaque');
    await expect(expectIdentity(opaque, { kind: 'user' }).getToken(SCOPE)).rejects.toMatchObject({
      code: 'AML_IDENTITY_MISMATCH',
    });
    const lenient = expectIdentity(opaque, { kind: 'user' }, { allowUnreadable: true });
    expect((await lenient.getToken(SCOPE)).token).toBe('opaque');
  });

  it.each([{}, { clientId: 'trainer' }, { tenantId: 'contoso.com' }, { kind: undefined }])(
    'refuses to expect %j',
    (expected) => {
      expect(() => expectIdentity(credentialFor(machine), expected)).toThrow(
        expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
      );
    },
  );
});

describe('allowTenants', () => {
  it('releases tokens of the listed tenants only', async () => {
    const inner = credentialFor(machine);
    expect((await allowTenants(inner, [OTHER, TENANT.toUpperCase()]).getToken(SCOPE)).token).toBe(machine);
    for (const token of [machine, jwt({ idtyp: 'app' }), 'opaque']) {
      await expect(allowTenants(credentialFor(token), [OTHER]).getToken(SCOPE)).rejects.toMatchObject({
        code: 'AML_IDENTITY_MISMATCH',
      });
    }
  });

  it.each([[[]], [['contoso.com']]])('refuses the list %j', (tenants) => {
    expect(() => allowTenants(credentialFor(machine), tenants)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  });
});
