import type { TokenKey, TokenStore } from '@aml-auth/core';
import type { KeptUserSession, UserSessionStore } from '@aml-auth/credentials';

/** Refresh tokens of Microsoft Entra ID end after 90 days without use; each use starts them anew. */
const LIFE_MS = 90 * 24 * 3_600_000;

/** What stands for a sign-in among the scopes of kept tokens. */
const SESSION_SCOPE = 'aml-auth:session';

/** Keeps the sign-in of a person beside the tokens that come from it, sealed as they are. */
export function sessionStore(
  store: TokenStore,
  owner: Pick<TokenKey, 'authorityHost' | 'tenantId' | 'clientId' | 'fingerprint'>,
): UserSessionStore {
  const { authorityHost, tenantId, clientId, fingerprint } = owner;
  const key: TokenKey = {
    authorityHost,
    tenantId,
    clientId,
    fingerprint,
    scopes: [SESSION_SCOPE],
    claims: '',
    enableCae: false,
    tokenType: 'Bearer',
  };
  return {
    async read() {
      const kept = await store.get(key);
      return kept === undefined ? undefined : parse(kept.token);
    },
    write: ({ account, refreshToken }) =>
      store.set(key, {
        token: JSON.stringify({ account, refreshToken }),
        expiresOnTimestamp: Date.now() + LIFE_MS,
      }),
  };
}

function parse(text: string): KeptUserSession | undefined {
  const { account, refreshToken } = JSON.parse(text) as Partial<KeptUserSession>;
  return typeof account === 'string' && typeof refreshToken === 'string'
    ? { account, refreshToken }
    : undefined;
}
