import type { Clock } from '../clock.js';

/** Decides whether one more token may be fetched for claims challenges. */
export interface ChallengeGuard {
  /**
   * False where the service keeps refusing what it asked for.
   *
   * @param home - the tokens that were refused, as the text of their key without claims
   */
  admit(home: string, claims: string): boolean;
  forget(): void;
}

interface Answered {
  readonly claims: string;
  readonly mark: number;
}

/** How long an answer to the same challenge counts, and how many there may be in that time. */
const SAME_WITHIN_MS = 5 * 60_000;
const SAME_MOST = 3;
/** The same for challenges of any content. */
const ANY_WITHIN_MS = 60_000;
const ANY_MOST = 10;
/** Keys that are remembered; beyond that the oldest is forgotten. */
const MAX_HOMES = 1_000;

/**
 * Breaks the loop of a service that answers every new token with another challenge: a token that
 * satisfies the claims and is refused all the same will not become better by fetching it again.
 */
export function challengeGuard(clock: Clock): ChallengeGuard {
  const answered = new Map<string, readonly Answered[]>();
  return {
    admit(home, claims) {
      const now = clock.monotonic();
      const recent = (answered.get(home) ?? []).filter(({ mark }) => now - mark < SAME_WITHIN_MS);
      const same = recent.filter((one) => one.claims === claims).length;
      const any = recent.filter(({ mark }) => now - mark < ANY_WITHIN_MS).length;
      if (same >= SAME_MOST || any >= ANY_MOST) return false;
      // Taken out first: the newest stands last.
      answered.delete(home);
      answered.set(home, [...recent, { claims, mark: now }]);
      const [oldest] = answered.keys();
      if (answered.size > MAX_HOMES && oldest !== undefined) answered.delete(oldest);
      return true;
    },
    forget: () => {
      answered.clear();
    },
  };
}
