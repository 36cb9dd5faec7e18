import { cancelled, type Clock, type RefreshLease, type RefreshLeaseRequest } from '@aml-auth/core';
import { beat, createLease, lookAtLease, removeLease } from './lease-file.js';
import { BEAT_MS, isOver, type LeaseSight } from './lease-note.js';
import { isAlive, machineName } from './machine.js';
import { builtins } from '../lib/builtins.js';

/** The right to refresh, one holder for each path, for all processes that see the folder. */
export interface FileLeases {
  /** The folder of the path must be there. */
  acquire(path: string, request: RefreshLeaseRequest): Promise<RefreshLease | undefined>;
}

/** Pauses between looks. Milliseconds; in between at random, so that waiters do not march in step. */
const LOOK_MS = { least: 15, spread: 20 };

/** What a waiter has seen so far. */
interface Watch {
  owner?: string | undefined;
  beatAt?: number | undefined;
  /** Since when the lease looks the same, by the monotonic clock. */
  since: number;
}

/** Leases as files. A holder that dies or freezes is found out by its process id and its signs of life. */
export function fileLeases(clock: Clock): FileLeases {
  let known: string | undefined;
  const machineOnce = (): string => (known ??= machineName());

  async function attempt(path: string, ttlMs: number, watch: Watch): Promise<RefreshLease | undefined> {
    const owner = builtins.crypto.randomUUID();
    const now = clock.now();
    const machine = machineOnce();
    const note = { owner, pid: process.pid, machine, endsAt: now + ttlMs };
    const sight = await lookAtLease(path);
    if (sight !== undefined) {
      noteSight(watch, sight);
      const unchangedMs = clock.monotonic() - watch.since;
      if (!isOver(sight, { now, machine, pid: process.pid, isAlive, unchangedMs })) return undefined;
      await removeLease(path, sight.note?.owner);
    }
    if (!(await createLease(path, note, now))) return undefined;
    return heldLease(path, owner, ttlMs);
  }

  function noteSight(watch: Watch, { note, beatAt }: LeaseSight): void {
    if (watch.owner === note?.owner && watch.beatAt === beatAt) return;
    watch.owner = note?.owner;
    watch.beatAt = beatAt;
    watch.since = clock.monotonic();
  }

  function heldLease(path: string, owner: string, ttlMs: number): RefreshLease {
    const endsAt = clock.monotonic() + ttlMs;
    let cancelTimer = nextBeat();
    let released: Promise<void> | undefined;

    function nextBeat(): () => void {
      return clock.schedule(BEAT_MS, () => {
        if (clock.monotonic() >= endsAt) return;
        cancelTimer = nextBeat();
        // A holder that was frozen does not keep the lease of the next one alive.
        void beat(path, owner, clock.now()).catch(() => undefined);
      });
    }
    return {
      release() {
        cancelTimer();
        released ??= removeLease(path, owner);
        return released;
      },
    };
  }

  async function waitFor(path: string, request: RefreshLeaseRequest): Promise<RefreshLease | undefined> {
    const { ttlMs, waitMs, signal } = request;
    const over = new AbortController();
    const cancelTimer = clock.schedule(waitMs, () => {
      over.abort();
    });
    const ends = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
    const watch: Watch = { since: clock.monotonic() };
    try {
      for (;;) {
        const lease = await attempt(path, ttlMs, watch);
        if (lease !== undefined) return await stillWanted(lease, signal);
        await pause(LOOK_MS.least + Math.random() * LOOK_MS.spread, ends);
        if (signal?.aborted === true) throw cancelled(signal);
        if (over.signal.aborted) return undefined;
      }
    } finally {
      cancelTimer();
    }
  }

  return {
    async acquire(path, request) {
      const { signal, ttlMs, waitMs } = request;
      if (signal?.aborted === true) throw cancelled(signal);
      if (waitMs > 0) return waitFor(path, request);
      const lease = await attempt(path, ttlMs, { since: clock.monotonic() });
      return lease === undefined ? undefined : stillWanted(lease, signal);
    },
  };
}

async function stillWanted(lease: RefreshLease, signal: AbortSignal | undefined): Promise<RefreshLease> {
  if (signal?.aborted !== true) return lease;
  await lease.release();
  throw cancelled(signal);
}

/** Real time passes here, whatever clock counts: another process moves on by itself. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });
}
