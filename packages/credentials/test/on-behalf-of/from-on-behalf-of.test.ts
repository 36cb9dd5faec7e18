import { fromOnBehalfOf, type OnBehalfOfProof } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { memoryTokenStore } from '@aml-auth/token-cache';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ARM = 'https://management.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      tenants: [
        {
          name: 'contoso',
          users: [
            { upn: 'alice@contoso', password: 'Pa55w0rd!' },
            { upn: 'bob@contoso', password: 'Pa55w0rd!' },
          ],
          apps: [
            { name: 'api', secrets: [{ value: 'api-secret' }], certificates: ['generate'] },
            { name: 'notebook', public: true },
          ],
        },
      ],
    },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

/** The token with which a user calls the application `api`. */
async function callerToken(
  upn: string,
  scope = `api://${emulator.app('api').clientId}/.default`,
): Promise<string> {
  const { tenantId, clientId } = emulator.app('notebook');
  const response = await fetch(`${emulator.origin}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: clientId,
      username: emulator.user(upn).name,
      password: 'Pa55w0rd!',
      scope,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

function onBehalfOf(userAssertion: string, proof: OnBehalfOfProof = { clientSecret: 'api-secret' }) {
  const { tenantId, clientId } = emulator.app('api');
  return fromOnBehalfOf({ tenantId, clientId, cloud: emulator.cloud, userAssertion, ...proof });
}

describe('fromOnBehalfOf', () => {
  it('calls the next service as the user, with a secret or a certificate of the application', async () => {
    const { certificate } = emulator.app('api');
    const pem = `${certificate?.pem ?? ''}\n${certificate?.privateKey ?? ''}`;
    for (const proof of [{ clientSecret: 'api-secret' }, { certificate: pem }]) {
      const { token } = await onBehalfOf(await callerToken('alice@contoso'), proof).getToken(ARM);
      expect(decodeJwt(token)).toMatchObject({
        oid: emulator.user('alice@contoso').id,
        appid: emulator.app('api').clientId,
        scp: 'user_impersonation',
      });
    }
  });

  it('keeps the users apart in a shared token store', async () => {
    const tokenStore = memoryTokenStore();
    const { tenantId, clientId } = emulator.app('api');
    const oids: unknown[] = [];
    for (const upn of ['alice@contoso', 'bob@contoso']) {
      const userAssertion = await callerToken(upn);
      const credential = fromOnBehalfOf({
        tenantId,
        clientId,
        cloud: emulator.cloud,
        clientSecret: 'api-secret',
        userAssertion,
        tokenStore,
      });
      oids.push(decodeJwt((await credential.getToken(ARM)).token)['oid']);
    }
    expect(oids).toEqual([emulator.user('alice@contoso').id, emulator.user('bob@contoso').id]);
  });

  it('explains a token that was meant for another service', async () => {
    const foreign = await callerToken('alice@contoso', ARM);
    await expect(onBehalfOf(foreign).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      aadsts: 500131,
      remedy: expect.stringContaining('audience') as string,
    });
  });

  it.each(['', 'Bearer a.b.c', 'opaque'])('refuses the assertion %j', (userAssertion) => {
    expect(() => onBehalfOf(userAssertion)).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
  });
});
