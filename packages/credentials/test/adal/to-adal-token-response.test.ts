import { fromClientSecret, toAdalTokenResponse } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { AuthenticationContext, type TokenResponse } from 'adal-node';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const RESOURCE = 'https://management.azure.com';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

/** Their answer, by their own call. */
function theirs(authority: string, clientId: string, secret: string): Promise<TokenResponse> {
  return new Promise((resolve, reject) => {
    new AuthenticationContext(authority, false).acquireTokenWithClientCredentials(
      RESOURCE,
      clientId,
      secret,
      // Null where all went well, whatever the declarations say.
      (error: Error | null, response) => {
        if (error === null) resolve(response as TokenResponse);
        else reject(error);
      },
    );
  });
}

describe('toAdalTokenResponse', () => {
  it('has the fields of adal-node, with values of the same kind', async () => {
    const { tenantId, clientId, secret = '' } = emulator.app('trainer');
    const authority = `${emulator.origin}/${tenantId}`;
    const other = await theirs(authority, clientId, secret);
    const credential = fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud: emulator.cloud });
    const token = await credential.getToken(`${RESOURCE}/.default`);
    const mine = toAdalTokenResponse(token, { resource: RESOURCE, clientId, authority });

    const kinds = (value: object) =>
      Object.fromEntries(
        Object.entries(value)
          .filter(([, field]) => field !== undefined)
          .map(([name, field]) => [name, field instanceof Date ? 'Date' : typeof field]),
      );
    expect(kinds(mine)).toEqual(kinds(other));
    for (const name of ['tokenType', 'resource', '_clientId', '_authority'] as const) {
      expect(mine[name]).toBe((other as unknown as Record<string, unknown>)[name]);
    }
    expect(decodeJwt(mine.accessToken)['appid']).toBe(decodeJwt(other.accessToken)['appid']);
    expect(mine.expiresOn.getTime()).toBe(token.expiresOnTimestamp);
  });

  it('counts the seconds that are left, down to none', async () => {
    const { tenantId, clientId, secret = '' } = emulator.app('trainer');
    const credential = fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud: emulator.cloud });
    const token = await credential.getToken(`${RESOURCE}/.default`);
    const at = (ms: number) =>
      toAdalTokenResponse(token, { resource: RESOURCE, now: token.expiresOnTimestamp + ms }).expiresIn;
    expect([at(-61_500), at(0), at(5_000)]).toEqual([61, 0, 0]);
  });
});
