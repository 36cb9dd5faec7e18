import { inspect } from 'node:util';
import { fetchCloud, type Credential } from '@aml-auth/core';
import { fromClientSecret, type ClientSecretOptions } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ARM = 'https://management.azure.com/.default';
const AML = 'https://ml.azure.com/.default';
const GUID = '00000000-0000-0000-0000-000000000001';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

function trainer(more: Partial<ClientSecretOptions> = {}): Credential {
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  return fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud: emulator.cloud, ...more });
}

/** What the emulator was asked while `work` ran, as `METHOD path` without the query. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const before = emulator.requests.length;
  await work();
  return emulator.requests
    .slice(before)
    .map(({ method, path }) => `${method} ${path.split('?', 1)[0] ?? ''}`);
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('fromClientSecret', () => {
  it('signs in over TLS, as the application, for the resource', async () => {
    const before = Date.now();
    const token = await trainer().getToken(AML);
    const app = emulator.app('trainer');
    expect(claimsOf(token.token)).toMatchObject({
      aud: 'https://ml.azure.com',
      appid: app.clientId,
      oid: app.objectId,
      tid: app.tenantId,
      idtyp: 'app',
    });
    const lifetime = (token.expiresOnTimestamp - before) / 1000;
    expect(lifetime).toBeGreaterThan(3000);
    expect(lifetime).toBeLessThan(90 * 60 + 60);
  });

  it('makes one request for twenty callers at the same time, and none for the next', async () => {
    const credential = trainer();
    const { tenantId } = emulator.app('trainer');
    const requests = await asked(() =>
      Promise.all(Array.from({ length: 20 }, () => credential.getToken(ARM))),
    );
    expect(requests).toEqual([`POST /${tenantId}/oauth2/v2.0/token`]);
    expect(await asked(() => credential.getToken([ARM]))).toEqual([]);
  });

  it('works in a cloud that was found through its metadata document', async () => {
    const cloud = await fetchCloud(`${emulator.origin}/metadata/endpoints?api-version=2022-09-01`);
    expect((await trainer({ cloud }).getToken(ARM)).tokenType).toBe('Bearer');
  });

  it('declares Continuous Access Evaluation when it is asked to', async () => {
    const credential = trainer();
    const plain = await credential.getToken(ARM);
    const cae = await credential.getToken(ARM, { enableCae: true });
    expect(claimsOf(plain.token)['xms_cc']).toBeUndefined();
    expect(claimsOf(cae.token)['xms_cc']).toEqual(['cp1']);
  });

  it('explains a wrong secret, once, without showing it', async () => {
    const credential = trainer({ clientSecret: 'not-the-Secret~1' });
    const failure = await credential.getToken(ARM).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      disposition: 'stop',
      aadsts: 7000215,
      status: 401,
      remedy: expect.stringContaining('az ad app credential reset') as string,
      correlation: { correlationId: expect.any(String) as string, traceId: expect.any(String) as string },
    });
    for (const shown of [JSON.stringify(failure), inspect(failure, { depth: 9 }), (failure as Error).stack]) {
      expect(shown).not.toContain('not-the-Secret');
    }
    expect(await asked(() => credential.getToken(ARM).catch(() => undefined))).toEqual([]);
  });

  it.each([
    ['an unknown application', { clientId: GUID }, 'AML_CREDENTIAL_REJECTED', 700016],
    ['an unknown tenant', { tenantId: 'nowhere.example' }, 'AML_CONFIG_INVALID', 90002],
  ])('explains %s', async (_what, options, code, aadsts) => {
    await expect(trainer(options).getToken(ARM)).rejects.toMatchObject({ code, aadsts, disposition: 'stop' });
  });

  it('explains a resource that the tenant does not know', async () => {
    await expect(trainer().getToken('https://nobody.example/.default')).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      aadsts: 500011,
    });
  });

  it.each([['https://ml.azure.com/user_impersonation'], [[ARM, AML]]])(
    'refuses the scopes %j before it asks anybody',
    async (scopes) => {
      const credential = trainer();
      const requests = await asked(() =>
        expect(credential.getToken(scopes)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' }),
      );
      expect(requests).toEqual([]);
    },
  );

  it.each([
    ['tenantId', { tenantId: '../common' }],
    ['tenantId', { tenantId: '' }],
    ['clientId', { clientId: 'trainer' }],
    ['clientSecret', { clientSecret: '' }],
    ['clientSecret', { clientSecret: 'S3cret-value\n' }],
    ['clientSecret', { clientSecret: undefined as unknown as string }],
    ['additionallyAllowedTenants', { additionallyAllowedTenants: ['a/b'] }],
  ])('names a bad %s in %j, and no secret', (name, options) => {
    const attempt = () => trainer(options);
    expect(attempt).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
    expect(attempt).toThrow(new RegExp(`^${name} `));
    expect(attempt).not.toThrow(/S3cret/);
  });

  it('signs in to another tenant only where that is allowed', async () => {
    const tenantId = 'fabrikam.example';
    await expect(trainer().getToken(ARM, { tenantId })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      remedy: `Add "${tenantId}" to additionallyAllowedTenants if it may sign in there.`,
    });
    const allowed = trainer({ additionallyAllowedTenants: ['Fabrikam.example'] });
    const requests = await asked(() => allowed.getToken(ARM, { tenantId }).catch(() => undefined));
    expect(requests).toEqual([`POST /${tenantId}/oauth2/v2.0/token`]);
    const own = emulator.app('trainer').tenantId;
    expect((await trainer().getToken(ARM, { tenantId: own.toUpperCase() })).tokenType).toBe('Bearer');
  });

  it('says who it is without a secret', () => {
    const app = emulator.app('trainer');
    const credential = trainer();
    expect(credential.describe()).toEqual({
      method: 'clientSecret',
      tenantId: app.tenantId,
      clientId: app.clientId,
      authorityHost: emulator.origin,
    });
    expect(inspect({ credential, described: credential.describe() }, { depth: 9 })).not.toContain(app.secret);
  });

  it('names the certificate when TLS is not trusted, and does not try again', async () => {
    const untrusted = await startEmulator();
    let attempts = 0;
    const counting: typeof fetch = (input, init) => {
      attempts += 1;
      return fetch(input, init);
    };
    const credential = trainer({ cloud: untrusted.cloud, fetch: counting });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_NETWORK',
      remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
    });
    expect(attempts).toBe(1);
    await untrusted.close();
  });

  it('sends nothing to an authority that redirects', async () => {
    const requests: string[] = [];
    const redirecting: typeof fetch = (input) => {
      requests.push(input instanceof Request ? input.url : input.toString());
      return Promise.resolve(
        new Response(null, { status: 307, headers: { location: 'https://evil.example/token' } }),
      );
    };
    await expect(trainer({ fetch: redirecting }).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_RESPONSE_INVALID',
    });
    expect(requests.map((url) => new URL(url).origin)).toEqual([emulator.origin]);
  });
});
