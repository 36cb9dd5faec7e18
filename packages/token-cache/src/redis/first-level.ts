import type { Clock, StoredToken } from '@aml-auth/core';

/** Tokens that this process has seen, in front of a store that is slower. */
export interface FirstLevel {
  /** What was seen within `memoryMs`, a miss included; undefined where the store must be asked. */
  recent(id: string): Seen | undefined;
  /** Any valid token that was seen: for the time in which the store does not answer. */
  last(id: string): StoredToken | undefined;
  keep(id: string, token: StoredToken | undefined): void;
  /** The store must be asked next time. */
  doubt(id: string): void;
  forget(id: string): void;
}

/** A look into the store; `token` is undefined where it had nothing. */
export interface Seen {
  readonly token: StoredToken | undefined;
}

interface Held extends Seen {
  /** On the monotonic clock: until then nobody asks the store. */
  readonly recentUntil: number;
}

/** A first level for `maxEntries` keys; beyond that the one that was not used for the longest time goes. */
export function firstLevel(clock: Clock, memoryMs: number, missMs: number, maxEntries: number): FirstLevel {
  /** In order of use, the oldest first. */
  const entries = new Map<string, Held>();

  function put(id: string, held: Held): void {
    entries.delete(id);
    entries.set(id, held);
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
  }

  function valid(id: string): Held | undefined {
    const held = entries.get(id);
    if (held === undefined) return undefined;
    if (held.token !== undefined && held.token.expiresOnTimestamp <= clock.now()) {
      entries.delete(id);
      return undefined;
    }
    put(id, held);
    return held;
  }

  /** A token that should be refreshed is always asked about: another process may have a newer one. */
  function isDue({ token }: Held): boolean {
    return token?.refreshAfterTimestamp !== undefined && token.refreshAfterTimestamp <= clock.now();
  }

  return {
    recent(id) {
      const held = valid(id);
      return held !== undefined && clock.monotonic() < held.recentUntil && !isDue(held) ? held : undefined;
    },
    last: (id) => valid(id)?.token,
    keep(id, token) {
      const own = token === undefined ? undefined : Object.freeze({ ...token });
      put(id, { token: own, recentUntil: clock.monotonic() + (own === undefined ? missMs : memoryMs) });
    },
    doubt(id) {
      const held = entries.get(id);
      if (held !== undefined) entries.set(id, { ...held, recentUntil: Number.NEGATIVE_INFINITY });
    },
    forget: (id) => void entries.delete(id),
  };
}
