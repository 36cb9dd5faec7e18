import {
  AmlAuthError,
  createTokenEngine,
  parseTenantId,
  systemClock,
  type AccessToken,
  type Clock,
  type Credential,
  type CredentialDescription,
  type GetTokenOptions,
  type StoredToken,
  type TokenIdentity,
  type TokenRequest,
} from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { createSender, type Sender, type SenderOptions } from './http/sender.js';

/** What a factory hands over to become a credential. */
export interface CredentialParts {
  readonly options: CredentialOptions;
  readonly description: CredentialDescription;
  /** A function where the identity can change under the credential, as the session of another program does. */
  readonly identity: TokenIdentity | (() => TokenIdentity);
  readonly additionallyAllowedTenants: readonly string[];
  readonly acquire: (request: TokenRequest, tools: AcquireTools) => Promise<StoredToken>;
}

/** What a sign-in method works with; the call's time limit and cancellation are built in. */
export interface AcquireTools {
  /** As {@link AcquireTools.send}, with a time limit, policy or transport of its own. */
  readonly sender: (more: Partial<Pick<SenderOptions, 'limitMs' | 'policy' | 'fetch'>>) => Sender;
  /** Aborted when nobody waits for the token any more. */
  readonly signal: AbortSignal;
  readonly send: Sender;
  readonly clock: Clock;
}

/** Longest time for one token, retries included. */
const TIME_LIMIT_MS = 60_000;

/** Puts the token engine, the bounded sender and the tenant rule around a sign-in method. */
export function createCredential(parts: CredentialParts): Credential {
  const { options, description, identity, acquire } = parts;
  const clock = options.clock ?? systemClock;
  const allowed = parts.additionallyAllowedTenants.map((tenant) =>
    tenant === '*' ? tenant : parseTenantId(tenant, 'additionallyAllowedTenants'),
  );

  const engine = createTokenEngine({
    identity,
    store: options.tokenStore,
    logger: options.logger,
    clock,
    acquire: (request) => {
      const limitMs = options.timeLimitMs ?? TIME_LIMIT_MS;
      const base = { fetch: options.fetch, clock, limitMs, signal: request.signal };
      const sender: AcquireTools['sender'] = (more) => createSender({ ...base, ...more });
      return acquire(request, { send: sender({}), sender, clock, signal: request.signal });
    },
  });

  function requireAllowed(tenantId: string): void {
    const wanted = parseTenantId(tenantId);
    const own = description.tenantId;
    // A credential without a tenant of its own signs in to whichever is asked for.
    if (own === undefined || wanted === own || allowed.includes('*') || allowed.includes(wanted)) return;
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `A token of tenant ${wanted} was asked for; this credential is of tenant ${own}.`,
      remedy: `Add "${wanted}" to additionallyAllowedTenants if it may sign in there.`,
    });
  }

  async function ofTenant(
    tenantId: string,
    scopes: string | readonly string[],
    asked: GetTokenOptions,
  ): Promise<AccessToken> {
    requireAllowed(tenantId);
    return engine.getToken(scopes, asked);
  }

  return {
    getToken: (scopes, asked) =>
      asked?.tenantId === undefined
        ? engine.getToken(scopes, asked)
        : ofTenant(asked.tenantId, scopes, asked),
    describe: () => description,
  };
}
