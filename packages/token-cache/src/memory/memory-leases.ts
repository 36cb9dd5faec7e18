import { cancelled, type Clock, type RefreshLease, type RefreshLeaseRequest } from '@aml-auth/core';

/** The right to refresh, one holder for each id, handed on in the order of asking. */
export interface MemoryLeases {
  acquire(id: string, request: RefreshLeaseRequest): Promise<RefreshLease | undefined>;
}

interface Waiter {
  readonly ttlMs: number;
  readonly settle: (lease: RefreshLease | undefined) => void;
}

interface Held {
  /** Ends the timer that ends the lease. */
  readonly cancelTimer: () => void;
  readonly waiters: Waiter[];
}

/** Leases within one process. Nothing is kept for an id that nobody holds. */
export function memoryLeases(clock: Clock): MemoryLeases {
  const leases = new Map<string, Held>();

  function grant(id: string, ttlMs: number, waiters: Waiter[]): RefreshLease {
    const end = (): void => {
      held.cancelTimer();
      // A holder that comes back after its time must not end the lease of the next one.
      if (leases.get(id) !== held) return;
      leases.delete(id);
      const next = waiters.shift();
      next?.settle(grant(id, next.ttlMs, waiters));
    };
    const held: Held = { cancelTimer: clock.schedule(ttlMs, end), waiters };
    leases.set(id, held);
    return {
      release() {
        end();
        return Promise.resolve();
      },
    };
  }

  function waitFor(held: Held, request: RefreshLeaseRequest): Promise<RefreshLease | undefined> {
    const { ttlMs, waitMs, signal } = request;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        cancelTimer();
        signal?.removeEventListener('abort', onAbort);
        const index = held.waiters.indexOf(waiter);
        if (index >= 0) held.waiters.splice(index, 1);
      };
      const settle = (lease: RefreshLease | undefined): void => {
        leave();
        resolve(lease);
      };
      const onAbort = (): void => {
        leave();
        reject(cancelled(signal));
      };
      const waiter: Waiter = { ttlMs, settle };
      const cancelTimer = clock.schedule(waitMs, () => settle(undefined));
      signal?.addEventListener('abort', onAbort);
      held.waiters.push(waiter);
    });
  }

  return {
    acquire(id, request) {
      if (request.signal?.aborted === true) return Promise.reject(cancelled(request.signal));
      const held = leases.get(id);
      if (held === undefined) return Promise.resolve(grant(id, request.ttlMs, []));
      return request.waitMs > 0 ? waitFor(held, request) : Promise.resolve(undefined);
    },
  };
}
