import { abortable, cancelled, type AccessToken, type Clock } from '@aml-auth/core';

/** Gets tokens that satisfy claims challenges. */
export interface ChallengeAnswers {
  /**
   * A token for the claims. All calls whose same token was refused with the same claims share one, also
   * those that hear of the refusal later. Leaving by the signal does not disturb the others.
   */
  answer(refused: string, claims: string, signal: AbortSignal | undefined): Promise<string>;
}

interface Flight {
  readonly token: Promise<AccessToken>;
  readonly controller: AbortController;
  waiting: number;
  expiresAt: number;
}

/** Answers that are remembered; beyond that the oldest is forgotten. */
const MAX_ANSWERS = 32;

/**
 * Makes {@link ChallengeAnswers}. `ask` fetches one token; its signal is aborted when nobody waits any
 * more. A failure is not remembered: the next call asks again.
 */
export function challengeAnswers(
  ask: (claims: string, signal: AbortSignal) => Promise<AccessToken>,
  clock: Pick<Clock, 'now'>,
): ChallengeAnswers {
  const flights = new Map<string, Flight>();

  function flightOf(key: string, claims: string): Flight {
    const known = flights.get(key);
    if (known !== undefined && known.expiresAt > clock.now()) return known;
    const controller = new AbortController();
    const token = ask(claims, controller.signal);
    const flight: Flight = { token, controller, waiting: 0, expiresAt: Number.POSITIVE_INFINITY };
    flights.delete(key);
    flights.set(key, flight);
    const [oldest] = flights.keys();
    if (flights.size > MAX_ANSWERS && oldest !== undefined) flights.delete(oldest);
    token.then(
      ({ expiresOnTimestamp }) => {
        flight.expiresAt = expiresOnTimestamp;
      },
      () => {
        if (flights.get(key) === flight) flights.delete(key);
      },
    );
    return flight;
  }

  return {
    async answer(refused, claims, signal) {
      if (signal?.aborted === true) throw cancelled(signal);
      const key = `${refused} ${claims}`;
      const flight = flightOf(key, claims);
      flight.waiting += 1;
      try {
        return (await abortable(flight.token, signal)).token;
      } finally {
        flight.waiting -= 1;
        if (flight.waiting === 0 && flight.expiresAt === Number.POSITIVE_INFINITY) {
          if (flights.get(key) === flight) flights.delete(key);
          flight.controller.abort();
        }
      }
    },
  };
}
