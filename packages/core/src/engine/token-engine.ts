import { cancelled } from '../abort.js';
import { createAccessToken, type AccessToken } from '../access-token.js';
import { systemClock, type Clock } from '../clock.js';
import type { GetTokenOptions } from '../credential.js';
import { isAmlAuthError, toAmlAuthError, type AmlAuthError } from '../errors.js';
import { parseScopes, parseTenantId } from '../identifiers.js';
import { silentLogger, type Logger } from '../logger.js';
import { tokenKeyId, type StoredToken, type TokenKey, type TokenStore } from '../token-store.js';
import { startFlight, type Flight } from './flight.js';
import { phaseOf, receive, type Phase, type Received } from './refresh-policy.js';
import { steadyStore } from './steady-store.js';

/** What all tokens of one engine have in common. */
export interface TokenIdentity {
  /** Origin of the authority. */
  readonly authorityHost: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** A one-way fingerprint of what proves the identity; a new one makes every earlier token a miss. */
  readonly fingerprint: string;
}

/** One token to fetch. */
export interface TokenRequest {
  /** Sorted, without duplicates. */
  readonly scopes: readonly string[];
  readonly tenantId: string;
  /** The claims challenge (JSON), or an empty string. */
  readonly claims: string;
  readonly enableCae: boolean;
  /**
   * True for a refresh ahead of expiry, while the old token is still served: a method that would have to
   * ask a person fails instead.
   */
  readonly background: boolean;
  /** Aborted when nobody waits for the token any more. */
  readonly signal: AbortSignal;
}

/** What a {@link TokenEngine} is made from. */
export interface TokenEngineOptions {
  /** Whose tokens these are. A function may answer with another object when the identity has changed. */
  readonly identity: TokenIdentity | (() => TokenIdentity);
  /** Fetches one token. Called once for all callers that wait for the same key. */
  readonly acquire: (request: TokenRequest) => Promise<StoredToken>;
  /** Where tokens live beyond this engine. Default: nowhere. */
  readonly store?: TokenStore | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
  /** A number from 0 to below 1, for the refresh jitter. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** The machine that stands in front of every credential. */
export interface TokenEngine {
  /**
   * A token for the scopes. From memory where it is fresh; where it should be refreshed, the old one
   * while a new one is fetched in the background; otherwise a new one, fetched once for all callers.
   * A failed refresh does not matter while the old token is valid.
   *
   * @throws {AmlAuthError} what `acquire` throws, `AML_CANCELLED`, or `AML_CONFIG_INVALID` for bad scopes
   */
  getToken(scopes: string | readonly string[], options?: GetTokenOptions): Promise<AccessToken>;
}

/** All that is known about one token key. */
interface Slot {
  readonly key: TokenKey;
  received?: Received | undefined;
  /** Settled with the token in `received`: the warm path allocates nothing. */
  served?: Promise<AccessToken> | undefined;
  flight?: Flight<AccessToken> | undefined;
  /** No refresh starts before this time of the monotonic clock. */
  heldUntil: number;
  /** Answers calls until then, where there is no valid token. */
  heldError?: AmlAuthError | undefined;
}

/** A lease ends by itself after this time. */
const LEASE_TTL_MS = 30_000;
/** How long a call without any token waits for another process that holds the lease. */
const LEASE_WAIT_MS = 5_000;
/** Shortest time between a failed refresh and the next one. */
const RETRY_AFTER_FAILURE_MS = 10_000;
/** Calls with the same claims share one token for this long; after that the service rejected it again. */
const CLAIMS_SHARED_MS = 10_000;
/** Scopes and tenants an engine remembers; beyond that it starts anew. */
const MAX_SLOTS = 1_000;

/** Makes a {@link TokenEngine}. Everything it keeps is its own: two engines share nothing but a store. */
export function createTokenEngine(options: TokenEngineOptions): TokenEngine {
  const { acquire, clock = systemClock, logger = silentLogger, random = Math.random } = options;
  const { identity } = options;
  const currentIdentity = typeof identity === 'function' ? identity : () => identity;
  const store = options.store === undefined ? undefined : steadyStore(options.store, clock, logger);
  let owner = currentIdentity();
  /** Slots by full key. */
  const slots = new Map<string, Slot>();
  /** The same slots by what callers pass for the common call: one scope and no tenant or claims. */
  const plain = new Map<string, Slot>();
  const plainCae = new Map<string, Slot>();

  function getToken(scopes: string | readonly string[], asked?: GetTokenOptions): Promise<AccessToken> {
    try {
      if (asked?.abortSignal?.aborted === true) throw cancelled(asked.abortSignal);
      return serve(findSlot(onlyScope(scopes), asked), asked);
    } catch (error) {
      return Promise.reject(toAmlAuthError(error));
    }
  }

  function findSlot(scopes: string | readonly string[], asked: GetTokenOptions | undefined): Slot {
    const now = currentIdentity();
    if (now !== owner || slots.size > MAX_SLOTS) {
      owner = now;
      for (const map of [slots, plain, plainCae]) map.clear();
    }
    if (typeof scopes !== 'string' || asked?.tenantId !== undefined || asked?.claims) {
      return slotOf(keyOf(scopes, asked));
    }
    const known = asked?.enableCae === true ? plainCae : plain;
    const slot = known.get(scopes) ?? slotOf(keyOf(scopes, asked));
    known.set(scopes, slot);
    return slot;
  }

  function keyOf(scopes: string | readonly string[], asked: GetTokenOptions | undefined): TokenKey {
    return {
      authorityHost: owner.authorityHost,
      tenantId: asked?.tenantId === undefined ? owner.tenantId : parseTenantId(asked.tenantId),
      clientId: owner.clientId,
      fingerprint: owner.fingerprint,
      scopes: parseScopes(scopes),
      claims: asked?.claims ?? '',
      enableCae: asked?.enableCae === true,
      tokenType: 'Bearer',
    };
  }

  function slotOf(key: TokenKey): Slot {
    const id = tokenKeyId(key);
    const slot = slots.get(id) ?? { key, heldUntil: Number.NEGATIVE_INFINITY };
    slots.set(id, slot);
    return slot;
  }

  function serve(slot: Slot, asked: GetTokenOptions | undefined): Promise<AccessToken> {
    const { received, served } = slot;
    if (received === undefined || served === undefined) return renewed(slot, asked);
    switch (phase(slot, received)) {
      case 'fresh':
        return served;
      case 'refresh':
        if (!isHeld(slot)) flightOf(slot, 0).keepGoing();
        return served;
      case 'closing':
        return isHeld(slot) ? served : renewedOrServed(slot, asked, received, served);
      case 'expired':
        return renewed(slot, asked);
    }
  }

  /** A token that answers a claims challenge is shared by calls at the same time, and then used up. */
  function phase(slot: Slot, received: Received): Phase {
    if (slot.key.claims === '') return phaseOf(received, clock.now(), clock.monotonic());
    return clock.monotonic() - received.mark < CLAIMS_SHARED_MS ? 'fresh' : 'expired';
  }

  function renewed(slot: Slot, asked: GetTokenOptions | undefined): Promise<AccessToken> {
    if (slot.heldError !== undefined && isHeld(slot)) return Promise.reject(slot.heldError);
    return flightOf(slot, LEASE_WAIT_MS).join(asked?.abortSignal);
  }

  async function renewedOrServed(
    slot: Slot,
    asked: GetTokenOptions | undefined,
    received: Received,
    served: Promise<AccessToken>,
  ): Promise<AccessToken> {
    try {
      return await renewed(slot, asked);
    } catch (error) {
      const gone = asked?.abortSignal?.aborted === true || phase(slot, received) === 'expired';
      if (gone) throw error;
      return served;
    }
  }

  function flightOf(slot: Slot, leaseWaitMs: number): Flight<AccessToken> {
    if (slot.flight !== undefined && !slot.flight.abandoned) return slot.flight;
    const flight = startFlight(async (signal) => {
      try {
        return await renew(slot, leaseWaitMs, signal);
      } catch (error) {
        if (!signal.aborted) hold(slot, error);
        throw error;
      } finally {
        if (slot.flight === flight) slot.flight = undefined;
      }
    });
    slot.flight = flight;
    return flight;
  }

  async function renew(slot: Slot, leaseWaitMs: number, signal: AbortSignal): Promise<AccessToken> {
    // Lets `flightOf` note the flight first: even an immediate failure then finds it.
    await Promise.resolve();
    // A claims challenge means that the tokens at hand were refused: the store has nothing better.
    const background = leaseWaitMs === 0;
    if (store === undefined || slot.key.claims !== '') return fetchToken(slot, background, signal);
    const early = await adopt(slot);
    if (early !== undefined) return early;
    const lease = await store.acquireLease(slot.key, { ttlMs: LEASE_TTL_MS, waitMs: leaseWaitMs, signal });
    try {
      const late = options.store?.acquireLease === undefined ? undefined : await adopt(slot);
      if (late !== undefined) return late;
      const othersRefresh = lease === undefined && background && options.store?.acquireLease !== undefined;
      if (othersRefresh && slot.served !== undefined) return await slot.served;
      return await fetchToken(slot, background, signal);
    } finally {
      if (lease !== undefined) await store.release(lease);
    }
  }

  /** Takes the store's token where it is fresh, or the only valid one. */
  async function adopt(slot: Slot): Promise<AccessToken | undefined> {
    const stored = await store?.get(slot.key);
    if (stored === undefined) return undefined;
    const received = receive(stored, clock.now(), clock.monotonic(), random());
    const own = slot.received;
    if (own !== undefined && own.token.expiresOnTimestamp >= stored.expiresOnTimestamp) return undefined;
    const usable = received.endAge > 0 && phaseOf(received, received.at, received.mark) !== 'closing';
    return usable ? keep(slot, received, 'store') : undefined;
  }

  async function fetchToken(slot: Slot, background: boolean, signal: AbortSignal): Promise<AccessToken> {
    const started = clock.monotonic();
    const { scopes, tenantId, claims, enableCae } = slot.key;
    const token = await acquire({ scopes, tenantId, claims, enableCae, background, signal });
    const received = receive(token, clock.now(), clock.monotonic(), random());
    // The token that satisfies a challenge replaces the one that was refused.
    const home = claims === '' ? slot : slotOf({ ...slot.key, claims: '' });
    const accessToken = keep(home, received, 'network', clock.monotonic() - started);
    if (home !== slot) Object.assign(slot, { received, served: home.served });
    await store?.set(home.key, token);
    return accessToken;
  }

  function keep(slot: Slot, received: Received, source: 'network' | 'store', ms = 0): AccessToken {
    const token = createAccessToken(received.token);
    slot.received = received;
    slot.served = Promise.resolve(token);
    slot.heldUntil = Number.NEGATIVE_INFINITY;
    slot.heldError = undefined;
    logger.info({
      event: 'token.acquired',
      source,
      scopes: slot.key.scopes,
      ms: Math.round(ms),
      expiresInSec: Math.round(received.endAge / 1000),
    });
    return token;
  }

  function hold(slot: Slot, error: unknown): void {
    const known = isAmlAuthError(error) ? error : undefined;
    const waitMs = Math.max(RETRY_AFTER_FAILURE_MS, known?.retryAfterMs ?? 0);
    slot.heldUntil = clock.monotonic() + waitMs;
    // Asking again with a refused credential can lock the account; other errors may heal at once.
    slot.heldError = known?.code === 'AML_CREDENTIAL_REJECTED' ? known : undefined;
    logger.warn({
      event: 'token.refresh.failed',
      scopes: slot.key.scopes,
      code: known?.code ?? 'AML_UNEXPECTED',
    });
  }

  function isHeld(slot: Slot): boolean {
    return clock.monotonic() < slot.heldUntil;
  }

  return { getToken };
}

/** The scope of a list with one: Azure clients pass such lists, and they are the common call too. */
function onlyScope(scopes: string | readonly string[]): string | readonly string[] {
  // Callers without types may pass anything; what is no list is refused where scopes are parsed.
  const list: readonly string[] = Array.isArray(scopes) ? scopes : [];
  return list.length === 1 ? (list[0] ?? scopes) : scopes;
}
