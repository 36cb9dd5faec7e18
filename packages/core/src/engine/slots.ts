import type { AccessToken } from '../access-token.js';
import type { AmlAuthError } from '../errors.js';
import { tokenKeyId, type TokenKey } from '../token-store.js';
import type { Flight } from './flight.js';
import type { Received } from './refresh-policy.js';

/** All that is known about one token key. */
export interface Slot {
  readonly id: string;
  readonly key: TokenKey;
  received?: Received | undefined;
  /** Settled with the token in `received`: the warm path allocates nothing. */
  served?: Promise<AccessToken> | undefined;
  flight?: Flight<AccessToken> | undefined;
  /** When a token came that answers a claims challenge, by the monotonic clock. */
  answeredAt?: number | undefined;
  /** No refresh starts before this time of the monotonic clock. */
  heldUntil: number;
  /** Answers calls until then, where there is no valid token. */
  heldError?: AmlAuthError | undefined;
}

/** The slots of one engine. Their number is bounded. */
export interface Slots {
  /** The slot of the key, a new one where there is none. */
  of(key: TokenKey): Slot;
  /** As `of`, for the common call: one scope and no tenant or claims. The key is made only once. */
  plain(scope: string, enableCae: boolean, keyOf: () => TokenKey): Slot;
  clear(): void;
}

/** Scopes and tenants that are remembered; beyond that the oldest is forgotten. */
const MAX_SLOTS = 1_000;
/** Challenges that are remembered: each is used once, by callers at about the same time. */
const MAX_CHALLENGES = 32;

export function createSlots(): Slots {
  const lasting = new Map<string, Slot>();
  const challenges = new Map<string, Slot>();
  /** The same slots by what callers pass. */
  const plain = new Map<string, Slot>();
  const plainCae = new Map<string, Slot>();

  function of(key: TokenKey): Slot {
    const id = tokenKeyId(key);
    const [map, most] = key.claims === '' ? [lasting, MAX_SLOTS] : [challenges, MAX_CHALLENGES];
    const known = map.get(id);
    if (known !== undefined) return known;
    const slot: Slot = { id, key, heldUntil: Number.NEGATIVE_INFINITY };
    map.set(id, slot);
    if (map.size > most) forgetOldest(map);
    return slot;
  }

  function forgetOldest(map: Map<string, Slot>): void {
    const [oldest] = map.keys();
    if (oldest !== undefined) map.delete(oldest);
    // They fill again by themselves; a slot that only they know would be a second truth.
    plain.clear();
    plainCae.clear();
  }

  return {
    of,
    plain(scope, enableCae, keyOf) {
      const known = enableCae ? plainCae : plain;
      const slot = known.get(scope) ?? of(keyOf());
      known.set(scope, slot);
      return slot;
    },
    clear() {
      for (const map of [lasting, challenges, plain, plainCae]) map.clear();
    },
  };
}
