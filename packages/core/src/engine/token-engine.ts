import { cancelled } from '../abort.js';
import { createAccessToken, type AccessToken } from '../access-token.js';
import { systemClock, type Clock } from '../clock.js';
import type { GetTokenOptions } from '../credential.js';
import { isAmlAuthError, toAmlAuthError, type AmlAuthError } from '../errors.js';
import { parseScopes, parseTenantId } from '../identifiers.js';
import type { Logger } from '../logger.js';
import { quietLogger } from '../quiet-logger.js';
import { joinEvents, type TokenEvents, type TokenFacts } from '../token-events.js';
import type { StoredToken, TokenKey, TokenStore } from '../token-store.js';
import { challengeGuard, endlessChallenge, sameToken } from './challenge-guard.js';
import { startFlight, type Flight } from './flight.js';
import { phaseOf, receive, refreshInterval, type Phase, type Received } from './refresh-policy.js';
import { afterFailure } from './refusal.js';
import { createSlots, type Slot } from './slots.js';
import { storeRenewal } from './store-renewal.js';
import type { TokenIdentity, TokenRequest } from './token-request.js';

/** What a {@link TokenEngine} is made from. */
export interface TokenEngineOptions {
  /** Whose tokens these are. A function may answer with another object when the identity has changed. */
  readonly identity: TokenIdentity | (() => TokenIdentity);
  /**
   * Fetches one token. Called once for all callers that wait for the same key. It must end by itself, within a
   * time limit of its own: a refresh in the background has nobody who could leave.
   */
  readonly acquire: (request: TokenRequest) => Promise<StoredToken>;
  /** Where tokens live beyond this engine. Default: nowhere. */
  readonly store?: TokenStore | undefined;
  /** Tells when tokens are to be refreshed and have expired. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Gets `token.acquired` and `token.refresh.failed`, and what goes wrong with the store. Default: nobody. */
  readonly logger?: Logger | undefined;
  /** Told about tokens and refreshes. */
  readonly events?: TokenEvents | undefined;
  /** The sign-in method, for events. Default `credential`. */
  readonly method?: string | undefined;
  /**
   * Failures that are remembered for ten to twelve seconds, or as long as the service asked, although nobody
   * refused anything: where finding out costs much, and a change of the identity would make them a miss.
   * Default: none.
   */
  readonly remembers?: ((error: AmlAuthError) => boolean) | undefined;
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
   * @throws {AmlAuthError} what `acquire` throws, `AML_CANCELLED`, `AML_CONFIG_INVALID` for scopes or a tenant that
   *   are none, or `AML_UNAUTHENTICATED` where a service refuses every token that answers its claims challenges
   */
  getToken(scopes: string | readonly string[], options?: GetTokenOptions): Promise<AccessToken>;
}

/** Calls with the same claims share one token for this long; after that the service rejected it again. */
const CLAIMS_SHARED_MS = 10_000;

/** Makes a {@link TokenEngine}. Everything it keeps is its own: two engines share nothing but a store. */
export function createTokenEngine(options: TokenEngineOptions): TokenEngine {
  const { acquire, identity, method = 'credential', clock = systemClock, random = Math.random } = options;
  const logger = quietLogger(options.logger);
  const events = joinEvents(options.events);
  const currentIdentity = typeof identity === 'function' ? identity : () => identity;
  const store =
    options.store === undefined ? undefined : storeRenewal(options.store, { clock, logger, random });
  let owner = currentIdentity();
  const slots = createSlots();
  const challenges = challengeGuard(clock);

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
    if (now !== owner) {
      owner = now;
      slots.clear();
      challenges.forget();
    }
    if (typeof scopes !== 'string' || asked?.tenantId !== undefined || asked?.claims) {
      return slots.of(keyOf(scopes, asked));
    }
    return slots.plain(scopes, asked?.enableCae === true, () => keyOf(scopes, asked));
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

  function serve(slot: Slot, asked: GetTokenOptions | undefined): Promise<AccessToken> {
    const { received, served } = slot;
    if (received === undefined || served === undefined) return renewed(slot, asked);
    switch (phase(slot, received)) {
      case 'fresh':
        return served;
      case 'refresh':
        if (!isHeld(slot)) flightOf(slot, true).keepGoing();
        return served;
      case 'closing':
        return isHeld(slot) ? served : renewedOrServed(slot, asked, received, served);
      case 'expired':
        return renewed(slot, asked);
    }
  }

  /** A token that answers a claims challenge is shared by calls at the same time, and then used up. */
  function phase(slot: Slot, received: Received): Phase {
    const own = phaseOf(received, clock.now(), clock.monotonic());
    if (slot.key.claims === '' || own === 'expired') return own;
    return clock.monotonic() - received.mark < CLAIMS_SHARED_MS ? 'fresh' : 'expired';
  }

  function renewed(slot: Slot, asked: GetTokenOptions | undefined): Promise<AccessToken> {
    if (slot.heldError !== undefined && isHeld(slot)) return Promise.reject(slot.heldError);
    return flightOf(slot, false).join(asked?.abortSignal);
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

  function flightOf(slot: Slot, background: boolean): Flight<AccessToken> {
    if (slot.flight !== undefined && !slot.flight.abandoned) return slot.flight;
    const started = clock.monotonic();
    const flight = startFlight(async (signal) => {
      try {
        return await renew(slot, background, signal);
      } catch (error) {
        if (!signal.aborted) hold(slot, error, clock.monotonic() - started);
        throw error;
      } finally {
        if (slot.flight === flight) slot.flight = undefined;
      }
    });
    slot.flight = flight;
    return flight;
  }

  async function renew(slot: Slot, background: boolean, signal: AbortSignal): Promise<AccessToken> {
    // Lets `flightOf` note the flight first: even an immediate failure then finds it.
    await Promise.resolve();
    const fetch = (): Promise<AccessToken> => fetchToken(slot, background, signal);
    // A claims challenge means that the tokens at hand were refused: the store has nothing better.
    if (store === undefined || slot.key.claims !== '') return fetch();
    const adopt = (stored: StoredToken): AccessToken | undefined => adopted(slot, stored);
    return store.renew({ key: slot.key, background, signal, adopt, atHand: () => slot.served, fetch });
  }

  /** Takes the store's token where it is fresh, or the only valid one. */
  function adopted(slot: Slot, stored: StoredToken): AccessToken | undefined {
    const received = receive(stored, clock.now(), clock.monotonic(), random());
    const own = slot.received;
    if (own !== undefined && own.token.expiresOnTimestamp >= stored.expiresOnTimestamp) return undefined;
    // What is left of it must be its whole life here: the shortest life that a token is given would outlast its expiry.
    const leftMs = stored.expiresOnTimestamp - received.at;
    const usable = leftMs >= received.endAge && phaseOf(received, received.at, received.mark) !== 'closing';
    return usable ? keep(slot, received, 'store') : undefined;
  }

  async function fetchToken(slot: Slot, background: boolean, signal: AbortSignal): Promise<AccessToken> {
    const started = clock.monotonic();
    const { scopes, tenantId, claims, enableCae } = slot.key;
    const home = claims === '' ? slot : slots.of({ ...slot.key, claims: '' });
    const refused = home === slot ? undefined : home.received?.token.token;
    if (home !== slot && !challenges.admits(home.id, claims)) throw endlessChallenge(slot.key);
    const token = await acquire({ scopes, tenantId, claims, enableCae, background, refused, signal });
    if (home !== slot) challenges.answered(home.id, claims);
    if (refused !== undefined && token.token === refused) throw sameToken(slot.key);
    // A token that was asked for before a challenge was answered may be one of those that are refused.
    if (home === slot && slot.served !== undefined && (slot.answeredAt ?? -1) >= started) return slot.served;
    const received = receive(token, clock.now(), clock.monotonic(), random());
    const ms = clock.monotonic() - started;
    // The token that satisfies a challenge replaces the one that was refused.
    const accessToken = keep(home, received, 'network', ms, claims !== '');
    if (home !== slot) {
      home.answeredAt = received.mark;
      Object.assign(slot, { received, served: home.served });
    }
    await store?.put(home.key, token);
    return accessToken;
  }

  function keep(
    slot: Slot,
    received: Received,
    source: 'network' | 'store',
    ms = 0,
    claims = false,
  ): AccessToken {
    const facts: TokenFacts = { ...factsOf(slot.key, ms), claims };
    const ahead = !claims && isValid(slot);
    const token = createAccessToken(received.token);
    slot.received = received;
    slot.served = Promise.resolve(token);
    slot.heldUntil = received.mark + refreshInterval(received);
    slot.heldError = undefined;
    const { expiresOnTimestamp } = received.token;
    const expiresInSec = Math.round((expiresOnTimestamp - received.at) / 1000);
    logger.info({ event: 'token.acquired', ...facts, source, ms: Math.round(ms), expiresInSec });
    events.onToken({ ...facts, source, expiresOnTimestamp });
    if (ahead) events.onRefresh({ ...facts, outcome: 'renewed' });
    return token;
  }

  function hold(slot: Slot, error: unknown, ms: number): void {
    const { waitMs, answer } = afterFailure(error, random(), options.remembers);
    slot.heldUntil = clock.monotonic() + (store?.leftMs(error) ?? waitMs);
    slot.heldError = answer;
    const code = isAmlAuthError(error) ? error.code : 'AML_UNEXPECTED';
    const facts = factsOf(slot.key, ms);
    logger.warn({ event: 'token.refresh.failed', ...facts, ms: Math.round(ms), code });
    if (isValid(slot)) events.onRefresh({ ...facts, outcome: 'failed', code });
  }

  function factsOf({ scopes, tenantId, claims }: TokenKey, ms: number): TokenFacts {
    return { method, scopes, tenantId, claims: claims !== '', ms };
  }

  /** Whether the slot has a token that is still good. */
  function isValid(slot: Slot): boolean {
    return slot.received !== undefined && phase(slot, slot.received) !== 'expired';
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
