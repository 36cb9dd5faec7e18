import { cancelled, type Clock, type RefreshLease, type RefreshLeaseRequest } from '@aml-auth/core';
import { memoryLeases } from '../memory/memory-leases.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { RedisCommands } from './redis-commands.js';
import { builtins } from '../lib/builtins.js';

/** Where the lease of a token and the token itself are. */
export interface LeasePlace {
  /** Of the token within this process. */
  readonly id: string;
  readonly tokenKey: string;
  readonly leaseKey: string;
}

/** The right to refresh, one holder for each token in all processes that share the server. */
export interface RedisLeases {
  acquire(place: LeasePlace, request: RefreshLeaseRequest): Promise<RefreshLease | undefined>;
}

/** Between two looks at a lease that somebody else holds, in milliseconds: at least, and at most this much more. */
const [SHORTEST_POLL_MS, POLL_SPREAD_MS] = [15, 20];

/** What {@link redisLeases} needs. */
export interface RedisLeasesOptions {
  readonly clock: Clock;
  readonly commands: RedisCommands;
  readonly breaker: CircuitBreaker;
  /** A number from 0 to below 1. */
  readonly random: () => number;
}

/**
 * Leases by `SET NX PX` of a random value, given back by compare-and-delete. One caller of this process at a time
 * competes for them. Where the server does not answer, the lease is for this process alone: a second request to
 * Microsoft Entra ID does no harm, none does.
 */
export function redisLeases({ clock, commands, breaker, random }: RedisLeasesOptions): RedisLeases {
  const own = memoryLeases(clock);

  /** True: it is ours. False: it is somebody else's. Undefined: the server did not say. */
  async function take({ leaseKey }: LeasePlace, owner: string, ttlMs: number): Promise<boolean | undefined> {
    const attempt = await breaker.attempt(
      () => commands.setIfAbsent(leaseKey, owner, ttlMs),
      // Nobody would ever give back what came after its caller had gone.
      (taken) => void (taken && giveBack(leaseKey, owner)),
    );
    return attempt.ok ? attempt.value : undefined;
  }

  async function giveBack(leaseKey: string, owner: string): Promise<void> {
    await breaker.attempt(() => commands.deleteIfEqual(leaseKey, owner));
  }

  async function readToken({ tokenKey }: LeasePlace): Promise<string | undefined> {
    const attempt = await breaker.attempt(() => commands.get(tokenKey));
    return attempt.ok ? attempt.value : undefined;
  }

  /** The lease once it is free; undefined where the token has changed before, or time is over. */
  async function compete(
    place: LeasePlace,
    owner: string,
    request: RefreshLeaseRequest,
    deadline: number,
  ): Promise<'server' | 'process' | undefined> {
    const { ttlMs, signal } = request;
    let before: { readonly token: string | undefined } | undefined;
    for (;;) {
      if (before !== undefined && (await readToken(place)) !== before.token) return undefined;
      const taken = await take(place, owner, ttlMs);
      if (taken === undefined) return 'process';
      if (taken) return 'server';
      if (clock.monotonic() >= deadline) return undefined;
      before ??= { token: await readToken(place) };
      const pauseMs = SHORTEST_POLL_MS + POLL_SPREAD_MS * random();
      await pause(clock, Math.min(pauseMs, Math.max(1, deadline - clock.monotonic())), signal);
    }
  }

  return {
    async acquire(place, request) {
      const deadline = clock.monotonic() + request.waitMs;
      const local = await own.acquire(place.id, request);
      if (local === undefined) return undefined;
      const owner = builtins.crypto.randomUUID();
      let scope: 'server' | 'process' | undefined;
      try {
        scope = await compete(place, owner, request, deadline);
        if (request.signal?.aborted === true) throw cancelled(request.signal);
      } catch (error) {
        if (scope === 'server') await giveBack(place.leaseKey, owner);
        await local.release();
        throw error;
      }
      if (scope === undefined) await local.release();
      if (scope === undefined) return undefined;
      return {
        async release() {
          if (scope === 'server') await giveBack(place.leaseKey, owner);
          await local.release();
        },
      };
    },
  };
}

/** Waits; rejects with `AML_CANCELLED` at once where the signal is aborted. */
function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      cancelTimer();
      signal?.removeEventListener('abort', onAbort);
    };
    const onAbort = (): void => {
      leave();
      reject(cancelled(signal));
    };
    const cancelTimer = clock.schedule(ms, () => {
      leave();
      resolve();
    });
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort);
  });
}
