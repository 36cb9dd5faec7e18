import { createTokenEngine, type Credential, type StoredToken } from '@aml-auth/core';

/** The token that the test credential gives. */
export const TOKEN = 'eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJ0ZXN0In0.c2lnbmF0dXJl';
export const CLIENT_ID = '6d2b4b3c-9f63-4a0e-8f5e-0f6f1c1f2a11';
/** 2099-01-01T00:00:00.500Z */
export const EXPIRES = Date.UTC(2099, 0, 1) + 500;

/** A credential on the real token engine, which notes the scopes that it fetches tokens for. */
export function testCredential(
  acquire: () => Promise<StoredToken> = () => Promise.resolve({ token: TOKEN, expiresOnTimestamp: EXPIRES }),
): Credential & { readonly asked: string[] } {
  const asked: string[] = [];
  const engine = createTokenEngine({
    identity: { authorityHost: 'https://a', tenantId: 't', clientId: CLIENT_ID, fingerprint: 'f' },
    acquire: ({ scopes }) => {
      asked.push(...scopes);
      return acquire();
    },
  });
  return {
    asked,
    getToken: (scopes, options) => engine.getToken(scopes, options),
    describe: () => ({ method: 'test', clientId: CLIENT_ID }),
  };
}
