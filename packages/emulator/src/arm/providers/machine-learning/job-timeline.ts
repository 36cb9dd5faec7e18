import type { Timeline } from '../../../core/timeline.js';

/** How a job ends that nobody cancels. */
export type JobOutcome = 'Completed' | 'Failed';

/** Milliseconds from the submission on, in which a job waits for a node and is made ready. */
const QUEUED_AFTER = 0;
const STARTING_AFTER = 1000;
const RUNNING_AFTER = 2000;
const DEFAULT_DURATION = 3000;

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * What a job goes through: `Queued` at once, `Starting` and `Running` one and two seconds later, and its end.
 *
 * @param now - milliseconds since the epoch
 * @param duration - how long it runs, such as `90s`; three seconds by default
 * @returns undefined for a duration that is none
 */
export function jobTimeline(
  now: number,
  outcome: JobOutcome,
  duration: string | undefined,
): Timeline | undefined {
  const runs = duration === undefined ? DEFAULT_DURATION : parseDuration(duration);
  if (runs === undefined) return undefined;
  return [
    { state: 'NotStarted', from: now },
    { state: 'Queued', from: now + QUEUED_AFTER },
    { state: 'Starting', from: now + STARTING_AFTER },
    { state: 'Running', from: now + RUNNING_AFTER },
    { state: outcome, from: now + RUNNING_AFTER + runs },
  ];
}

function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return amount === undefined || unit === undefined ? undefined : Number(amount) * (UNITS[unit] ?? 0);
}
