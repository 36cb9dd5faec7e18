import fc from 'fast-check';
import { expect, test } from 'vitest';

import { endOf, stateAt, steady, type Timeline } from '../../src/core/timeline.js';

const timelines = fc
  .array(fc.record({ state: fc.string(), from: fc.integer({ min: 0, max: 1000 }) }), { minLength: 1 })
  .map((steps): Timeline => [...steps].sort((one, other) => one.from - other.from));

test('the state is that of the last step that has begun', () => {
  fc.assert(
    fc.property(timelines, fc.integer({ min: -10, max: 1010 }), (timeline, now) => {
      const begun = timeline.filter(({ from }) => from <= now);
      expect(stateAt(timeline, now)).toBe((begun.at(-1) ?? timeline[0])?.state);
    }),
  );
});

test('from its end on, the state is the last one', () => {
  fc.assert(
    fc.property(timelines, fc.nat(1000), (timeline, later) => {
      expect(stateAt(timeline, endOf(timeline) + later)).toBe(timeline.at(-1)?.state);
    }),
  );
});

test('a steady state is always the same', () => {
  expect(stateAt(steady('Succeeded', 100), 0)).toBe('Succeeded');
  expect(stateAt([], 0)).toBe('');
  expect(endOf([])).toBe(0);
});
