import {
  AmlAuthError,
  createTokenEngine,
  joinEvents,
  parseTenantId,
  quietLogger,
  systemClock,
  type AccessToken,
  type Clock,
  type Credential,
  type CredentialDescription,
  type Finding,
  type GetTokenOptions,
  type StoredToken,
  type TokenIdentity,
  type TokenRequest,
} from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { channelEvents } from './channel-events.js';
import { createSender, type Sender, type SenderOptions } from './http/sender.js';
import { skewMeter } from './http/skew-meter.js';

/** What a factory hands over to become a credential. */
export interface CredentialParts {
  readonly options: CredentialOptions;
  readonly description: CredentialDescription;
  /** A function where the identity can change under the credential, as the session of another program does. */
  readonly identity: TokenIdentity | (() => TokenIdentity);
  readonly additionallyAllowedTenants: readonly string[];
  readonly acquire: (request: TokenRequest, tools: AcquireTools) => Promise<StoredToken>;
  /** As in `TokenEngineOptions`. */
  readonly remembers?: ((error: AmlAuthError) => boolean) | undefined;
  /** What it looks at to know whether it applies here. Makes no request; names things, and never their values. */
  readonly findings?: (() => readonly Finding[]) | undefined;
}

/** What a sign-in method works with; the call's time limit and cancellation are built in. */
export interface AcquireTools {
  /** As {@link AcquireTools.send}, with a time limit, policy or transport of its own. */
  readonly sender: (more: Partial<Pick<SenderOptions, 'limitMs' | 'policy' | 'fetch'>>) => Sender;
  /** Aborted when nobody waits for the token any more. */
  readonly signal: AbortSignal;
  readonly send: Sender;
  readonly clock: Clock;
  /**
   * How far the clock of the service is ahead of this machine's, by the dates of its replies. Milliseconds;
   * 0 while nothing is known, or nothing that matters.
   */
  readonly skewMs: () => number;
}

/** Longest time for one token, retries included. */
const TIME_LIMIT_MS = 60_000;

/** Puts the token engine, the bounded sender and the tenant rule around a sign-in method. */
export function createCredential(parts: CredentialParts): Credential {
  const { options, description, identity, acquire } = parts;
  const clock = options.clock ?? systemClock;
  const logger = quietLogger(options.logger);
  const skew = skewMeter(logger);
  const allowed = parts.additionallyAllowedTenants.map((tenant) =>
    tenant === '*' ? tenant : parseTenantId(tenant, 'additionallyAllowedTenants'),
  );

  const engine = createTokenEngine({
    identity,
    store: options.tokenStore,
    logger,
    events: joinEvents(options.events, channelEvents),
    method: description.method,
    remembers: parts.remembers,
    clock,
    acquire: (request) => {
      const limitMs = options.timeLimitMs ?? TIME_LIMIT_MS;
      const base = { fetch: options.fetch, clock, limitMs, signal: request.signal, onReply: skew.note };
      const sender: AcquireTools['sender'] = (more) => createSender({ ...base, ...more });
      const { signal } = request;
      return acquire(request, { send: sender({}), sender, clock, signal, skewMs: skew.skewMs });
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
    findings: parts.findings,
  };
}
