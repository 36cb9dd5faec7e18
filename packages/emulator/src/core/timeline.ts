/** A state, and from when on it holds. */
export interface TimelineStep {
  readonly state: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
}

/**
 * The states that something goes through, in their order. Nothing runs in the background: whoever asks
 * reads the state off the clock.
 */
export type Timeline = readonly TimelineStep[];

/** The state at a time: the last step that has begun, else the first one. */
export function stateAt(timeline: Timeline, now: number): string {
  return (timeline.findLast(({ from }) => from <= now) ?? timeline[0])?.state ?? '';
}

/** When the last step began or begins. */
export function endOf(timeline: Timeline): number {
  return timeline.at(-1)?.from ?? 0;
}

/** One state from the start on. */
export function steady(state: string, from: number): Timeline {
  return [{ state, from }];
}
