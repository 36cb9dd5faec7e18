import { chain } from '@aml-auth/core';
import { fromClientSecret } from '@aml-auth/credentials';
import { fromTokenCredential } from '@aml-auth/credentials/azure-identity';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { ClientSecretCredential, EnvironmentCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ARM = 'https://management.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

function theirs(secret = emulator.app('trainer').secret ?? ''): ClientSecretCredential {
  const { tenantId, clientId } = emulator.app('trainer');
  return new ClientSecretCredential(tenantId, clientId, secret, {
    authorityHost: emulator.origin,
    disableInstanceDiscovery: true,
  });
}

describe('fromTokenCredential', () => {
  it('gives a credential of @azure/identity what it lacks: one token request for twenty callers', async () => {
    const credential = fromTokenCredential(theirs());
    const before = emulator.requests.length;
    await Promise.all(Array.from({ length: 20 }, () => credential.getToken(ARM)));
    const tokens = emulator.requests.slice(before).filter(({ method }) => method === 'POST');
    expect(tokens).toHaveLength(1);
    expect(credential.describe()).toEqual({ method: 'tokenCredential' });
  });

  it('stops a chain at a wrong secret, which @azure/identity reports as a sign-in that is needed', async () => {
    const { tenantId, clientId, secret = '' } = emulator.app('auditor');
    const other = fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud: emulator.cloud });
    await expect(chain(fromTokenCredential(theirs('wrong')), other).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      aadsts: 7000215,
      disposition: 'stop',
    });
  });

  it('lets a chain go on where a credential is not available, or answers null', async () => {
    const unavailable = fromTokenCredential(new EnvironmentCredential(), {
      method: 'environment of the SDK',
    });
    const empty = fromTokenCredential({ getToken: () => Promise.resolve(null) });
    const token = await chain(unavailable, empty, fromTokenCredential(theirs())).getToken(ARM);
    expect(token.tokenType).toBe('Bearer');
    await expect(chain(unavailable, empty).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_CHAIN_EXHAUSTED',
      attempts: [{ method: 'environment of the SDK', code: 'AML_UNAVAILABLE' }, { code: 'AML_UNAVAILABLE' }],
    });
  });

  it('hands on tenant, claims and CAE, and wraps what it does not know', async () => {
    const asked: unknown[] = [];
    const credential = fromTokenCredential({
      getToken: (scopes, options) => {
        asked.push([scopes, options?.tenantId, options?.claims, options?.enableCae]);
        return Promise.reject(new TypeError('bug with eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln'));
      },
    });
    const call = credential.getToken(ARM, { tenantId: 'contoso.com', claims: '{}', enableCae: true });
    await expect(call).rejects.toMatchObject({
      code: 'AML_UNEXPECTED',
      message: 'The credential tokenCredential failed: TypeError: bug with [token]',
    });
    expect(asked).toEqual([[[ARM], 'contoso.com', '{}', true]]);
  });
});
