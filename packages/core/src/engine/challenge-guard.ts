import type { Clock } from '../clock.js';
import { AmlAuthError } from '../errors.js';
import type { TokenKey } from '../token-store.js';

/** Decides whether one more token may be fetched for claims challenges. */
export interface ChallengeGuard {
  /**
   * False where the service keeps refusing what it asked for.
   *
   * @param home - the tokens that were refused, as the text of their key without claims
   */
  admits(home: string, claims: string): boolean;
  /** Notes that a token came for the challenge. What was refused by the authority does not count: it is no loop. */
  answered(home: string, claims: string): void;
  forget(): void;
}

interface Answer {
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
  const answers = new Map<string, readonly Answer[]>();

  function recent(home: string): readonly Answer[] {
    const now = clock.monotonic();
    return (answers.get(home) ?? []).filter(({ mark }) => now - mark < SAME_WITHIN_MS);
  }

  return {
    admits(home, claims) {
      const now = clock.monotonic();
      const all = recent(home);
      const same = all.filter((one) => one.claims === claims).length;
      const any = all.filter(({ mark }) => now - mark < ANY_WITHIN_MS).length;
      return same < SAME_MOST && any < ANY_MOST;
    },
    answered(home, claims) {
      const all = [...recent(home), { claims, mark: clock.monotonic() }];
      // Taken out first: the newest stands last.
      answers.delete(home);
      answers.set(home, all);
      const [oldest] = answers.keys();
      if (answers.size > MAX_HOMES && oldest !== undefined) answers.delete(oldest);
    },
    forget: () => {
      answers.clear();
    },
  };
}

/** What a caller is told where {@link ChallengeGuard.admits} says no. */
export function endlessChallenge({ claims }: TokenKey): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_UNAUTHENTICATED',
    message: 'The service keeps refusing tokens that were fetched for its claims challenges.',
    remedy:
      'Check the clock of this machine and the Conditional Access policies; no token is fetched for a while.',
    claims,
  });
}

/** What a caller is told where the answer to a challenge is the token that was refused. */
export function sameToken({ claims }: TokenKey): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_UNAUTHENTICATED',
    message: 'The service refused the token, and its source gives the same one again.',
    remedy: 'Wait until the source gives a new token, or sign in by another method.',
    claims,
  });
}
