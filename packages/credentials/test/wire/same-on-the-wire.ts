import { expect, test } from 'vitest';
import { differences, wireFacts, type Difference, type WireRequest } from './wire-facts.js';

/** One sign-in by both clients. */
export interface WireCase {
  /** Runs the published client; gives what it sent. */
  readonly published: () => Promise<readonly WireRequest[]>;
  readonly ours: () => Promise<readonly WireRequest[]>;
  /** What is sent otherwise on purpose, request by request. Default: nothing. */
  readonly differences?: readonly (readonly Difference[])[];
}

/**
 * Compares what two clients send: method, URL, parameters, headers and form, less telemetry. It fails for a
 * difference that is not listed, and for one that is listed and no longer there.
 */
export function sameOnTheWire(title: string, { published, ours, differences: listed = [] }: WireCase): void {
  test(title, async () => {
    const [theirs, mine] = [await published(), await ours()].map((requests) => requests.map(wireFacts));
    expect(theirs?.length).toBeGreaterThan(0);
    expect(mine).toHaveLength(theirs?.length ?? -1);
    const found = (theirs ?? []).map((facts, index) => differences(facts, mine?.[index] ?? {}));
    const expected = found.map((_, index) => [...(listed[index] ?? [])].sort(byFact).map(withoutReason));
    expect(found).toEqual(expected);
  });
}

function byFact(a: Difference, b: Difference): number {
  return a.fact < b.fact ? -1 : 1;
}

function withoutReason({ why: _why, ...fact }: Difference): Omit<Difference, 'why'> {
  return fact;
}
