/** What a holder writes into its lease. Says nothing about the token. */
export interface LeaseNote {
  /** Random: no two leases are the same. */
  readonly owner: string;
  readonly pid: number;
  /** Where the process id means something. */
  readonly machine: string;
  /** When the lease ends by itself. Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** What is seen of a lease that somebody holds. */
export interface LeaseSight {
  /** Undefined where it cannot be read: half written, or foreign. */
  readonly note: LeaseNote | undefined;
  /** The last sign of life. Milliseconds since the epoch, by the holder's clock. */
  readonly beatAt: number;
}

/** What the one who looks knows. Times in milliseconds. */
export interface LeaseWatcher {
  readonly now: number;
  readonly machine: string;
  /** Its own process id. */
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
  /** How long it has seen the same lease without a sign of life. */
  readonly unchangedMs: number;
}

/** Without a sign of life for this long a holder is frozen, or lost. Milliseconds. */
export const SILENT_MS = 2_500;
/** How often a holder gives a sign of life. Milliseconds. */
export const BEAT_MS = 500;
/** How far clocks of machines may differ. Milliseconds. */
const SKEW_MS = 60_000;

/**
 * Whether the lease may be taken over: its time is over, its holder is dead, or silent for too long. The clock of
 * another machine is not believed: there, silence is what the watcher has seen itself. A holder in the watcher's own
 * process was not frozen alone: both slept, and both go on.
 */
export function isOver({ note, beatAt }: LeaseSight, watcher: LeaseWatcher): boolean {
  const { now, unchangedMs } = watcher;
  const isHere = note?.machine === watcher.machine;
  if (isHere && note.pid === watcher.pid) return now >= note.endsAt;
  if (unchangedMs > SILENT_MS) return true;
  const silent = Math.abs(now - beatAt) > SILENT_MS;
  if (note === undefined) return silent;
  if (!isHere) return now > note.endsAt + SKEW_MS;
  return silent || now >= note.endsAt || !watcher.isAlive(note.pid);
}

export function encodeNote(note: LeaseNote): string {
  return JSON.stringify(note);
}

/** The note in the text; undefined where it is anything else. Never throws. */
export function decodeNote(text: string): LeaseNote | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { owner, pid, machine, endsAt } = value as Record<string, unknown>;
  if (typeof owner !== 'string' || typeof machine !== 'string') return undefined;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined;
  if (typeof endsAt !== 'number' || !Number.isFinite(endsAt)) return undefined;
  return { owner, pid, machine, endsAt };
}
