import { AmlAuthError, chain, isAmlAuthError, type Credential } from '@aml-auth/core';
import { fromClientSecret, fromWorkloadIdentity } from '@aml-auth/credentials';
import { toTokenCredential } from '@aml-auth/credentials/azure-identity';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { ChainedTokenCredential, type TokenCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ARM = 'https://management.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

function secret(clientSecret = emulator.app('trainer').secret ?? ''): Credential {
  const { tenantId, clientId } = emulator.app('trainer');
  return fromClientSecret({ tenantId, clientId, clientSecret, cloud: emulator.cloud });
}
const failing = (error: unknown): Credential => ({
  getToken: () => Promise.reject(error as Error),
  describe: () => ({ method: 'failing' }),
});

describe('toTokenCredential', () => {
  it('lets the chain of @azure/identity go on where a method does not apply', async () => {
    const absent: TokenCredential = toTokenCredential(fromWorkloadIdentity({ env: {} }));
    const present: TokenCredential = toTokenCredential(secret());
    const { token } = await new ChainedTokenCredential(absent, present).getToken(ARM);
    expect(token).toBe((await present.getToken(ARM))?.token);
    // Without it, the chain stops there.
    const bare = fromWorkloadIdentity({ env: {} }) as unknown as TokenCredential;
    await expect(new ChainedTokenCredential(bare, present).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_NOT_CONFIGURED',
    });
  });

  it('stops that chain where a secret is refused, and keeps the error', async () => {
    const refused = toTokenCredential(secret('wrong'));
    await expect(
      new ChainedTokenCredential(refused, toTokenCredential(secret())).getToken(ARM),
    ).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      aadsts: 7000215,
    });
    const missing: unknown = await toTokenCredential(chain(fromWorkloadIdentity({ env: {} })))
      .getToken(ARM)
      .catch((caught: unknown) => caught);
    expect(missing).toMatchObject({ name: 'CredentialUnavailableError' });
    expect(isAmlAuthError((missing as Error).cause)).toBe(true);
  });

  it('hands on what is asked for, and other errors as they are', async () => {
    const asked: unknown[] = [];
    const noting: Credential = {
      ...secret(),
      getToken: (...all) => (asked.push(all), secret().getToken(all[0])),
    };
    const claims = '{"access_token":{}}';
    await toTokenCredential(noting).getToken([ARM], { tenantId: 'a.example', claims, enableCae: true });
    expect(asked).toEqual([[[ARM], { tenantId: 'a.example', claims, enableCae: true }]]);
    const own = new TypeError('own');
    await expect(toTokenCredential(failing(own)).getToken(ARM)).rejects.toBe(own);
  });

  it('keeps to the time limit of the request, and to cancellation', async () => {
    const waiting: Credential = {
      ...failing(undefined),
      getToken: (_scopes, options) =>
        new Promise((_resolve, reject) => {
          const leave = (): void =>
            reject(new AmlAuthError({ code: 'AML_CANCELLED', message: 'Cancelled.' }));
          if (options?.abortSignal?.aborted === true) leave();
          options?.abortSignal?.addEventListener('abort', leave);
        }),
    };
    const subject = toTokenCredential(waiting);
    await expect(subject.getToken(ARM, { requestOptions: { timeout: 5 } })).rejects.toMatchObject({
      code: 'AML_TIMEOUT',
    });
    const abortSignal = AbortSignal.abort();
    await expect(
      subject.getToken(ARM, { requestOptions: { timeout: 60_000 }, abortSignal }),
    ).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    // A signal that is not the platform's.
    const listeners: (() => void)[] = [];
    const foreign = {
      aborted: false,
      addEventListener: (_type: 'abort', listener: () => void) => void listeners.push(listener),
      removeEventListener: () => undefined,
    };
    const left = subject.getToken(ARM, { requestOptions: { timeout: 60_000 }, abortSignal: foreign });
    foreign.aborted = true;
    for (const listener of listeners) listener();
    await expect(left).rejects.toMatchObject({ code: 'AML_CANCELLED' });
  });

  it('gives no bearer token where proof of possession is asked for', async () => {
    const proofOfPossessionOptions = {
      nonce: 'n',
      resourceRequestMethod: 'GET',
      resourceRequestUrl: 'https://x.example',
    };
    await expect(
      toTokenCredential(secret()).getToken(ARM, { proofOfPossessionOptions }),
    ).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
  });
});
