import { setImmediate as turn } from 'node:timers/promises';
import { createAccessToken, type AmlAuthError, type Credential } from '@aml-auth/core';
import { manualClock, type ManualClock } from '@aml-auth/core/testing';
import { createArmClient, type ArmClient, type ArmClientOptions } from '@aml-auth/rest';

/** A client in virtual time, and the times at which its requests came, in milliseconds since the first. */
export interface VirtualArm {
  readonly client: ArmClient;
  readonly clock: ManualClock;
  readonly sentAt: number[];
}

/** Answers request number `n` (from 1), at a time in milliseconds since the start; an error is one of the network. */
export type VirtualAnswer = (
  n: number,
  at: number,
  request: RequestInit & { url: string },
) => Response | Error;

export function virtualArm(answer: VirtualAnswer, more: Partial<ArmClientOptions> = {}): VirtualArm {
  const clock = manualClock();
  const begun = clock.monotonic();
  const sentAt: number[] = [];
  const send = ((input: string | URL, init: RequestInit = {}) => {
    const at = clock.monotonic() - begun;
    sentAt.push(at);
    const outcome = answer(sentAt.length, at, { ...init, url: String(input) });
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  }) as typeof fetch;
  const credential: Credential = {
    getToken: () =>
      Promise.resolve(
        createAccessToken({ token: 'the-secret-token', expiresOnTimestamp: clock.now() + 3_600_000 }),
      ),
    describe: () => ({ method: 'test' }),
  };
  return { client: createArmClient({ credential, fetch: send, clock, ...more }), clock, sentAt };
}

/** Lets virtual time pass in steps of 50 ms until the promise is settled. */
export async function settle<T>(
  clock: ManualClock,
  promise: Promise<T>,
): Promise<{ readonly value?: T; readonly error?: AmlAuthError; readonly ms: number }> {
  const begun = clock.monotonic();
  let outcome: { value?: T; error?: AmlAuthError } | undefined;
  promise.then(
    (value) => (outcome = { value }),
    (error: unknown) => (outcome = { error: error as AmlAuthError }),
  );
  for (let step = 0; step < 20_000; step += 1) {
    for (let turns = 0; turns < 3; turns += 1) await turn();
    if (outcome !== undefined) return { ...outcome, ms: clock.monotonic() - begun };
    clock.advance(50);
  }
  throw new Error('It does not end.');
}
