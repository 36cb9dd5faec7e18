import {
  createTokenEngine,
  type Credential,
  type CredentialDescription,
  type TokenIdentity,
  type TokenStore,
} from '@aml-auth/core';
import { processClock } from '../process-clock.js';

/** Whose tokens they are, and where they are kept. */
export interface CachedCredentialOptions {
  readonly method: string;
  readonly identity: TokenIdentity;
  /** The tenant where it is known, for descriptions. */
  readonly tenantId?: string | undefined;
  readonly store: TokenStore | undefined;
  /** Makes the credential that fetches tokens. Called when the first one must be fetched. */
  readonly open: () => Promise<Credential>;
}

/** A credential whose tokens are kept. One that is kept is given without loading a sign-in method. */
export function cachedCredential(options: CachedCredentialOptions): Credential {
  const { method, identity, tenantId, store, open } = options;
  let opened: Promise<Credential> | undefined;
  const engine = createTokenEngine({
    identity,
    method,
    store,
    clock: processClock,
    async acquire({ scopes, tenantId: asked, claims, enableCae, signal }) {
      const credential = await (opened ??= open());
      const { token, expiresOnTimestamp, refreshAfterTimestamp } = await credential.getToken(scopes, {
        abortSignal: signal,
        ...(asked === identity.tenantId ? {} : { tenantId: asked }),
        ...(claims === '' ? {} : { claims }),
        enableCae,
      });
      // Not the object itself: what becomes JSON of it has no token.
      return { token, expiresOnTimestamp, refreshAfterTimestamp };
    },
  });
  const { authorityHost, clientId } = identity;
  const description: CredentialDescription = {
    method,
    authorityHost,
    clientId,
    ...(tenantId === undefined ? {} : { tenantId }),
  };
  return { getToken: (scopes, asked) => engine.getToken(scopes, asked), describe: () => description };
}
