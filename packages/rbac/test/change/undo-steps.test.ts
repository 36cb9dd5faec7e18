import { AmlAuthError, type StepOutcome } from '@aml-auth/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoSteps } from '../../src/change/undo-steps.js';

const WAYS = ['none', 'works', 'finds nothing', 'is gone', 'is refused'] as const;
type Way = (typeof WAYS)[number];

const error = (code: 'AML_FORBIDDEN' | 'AML_NOT_FOUND') =>
  new AmlAuthError({ code, message: 'No.', remedy: 'Look.' });

/** What must become of a step, told case by case. */
function expected(outcome: StepOutcome, way: Way): StepOutcome {
  if (way === 'none') return outcome;
  if (way === 'works') return 'undone';
  if (outcome === 'unclear') return 'unclear';
  return way === 'is refused' ? 'notUndone' : 'undone';
}

async function undo(steps: readonly { readonly outcome: StepOutcome; readonly way: Way }[]) {
  const tried: number[] = [];
  const told: [number, StepOutcome][] = [];
  const ends = await undoSteps({
    outcomes: steps.map(({ outcome }) => outcome),
    wayBack: (index) => {
      const way = steps[index]?.way;
      if (way === 'none') return undefined;
      return () => {
        tried.push(index);
        if (way === 'is refused') return Promise.reject(error('AML_FORBIDDEN'));
        if (way === 'is gone') return Promise.reject(error('AML_NOT_FOUND'));
        return Promise.resolve(way === 'works');
      };
    },
    onUndone: (index, outcome) => told.push([index, outcome]),
  });
  return { ends, tried, told };
}

describe('undoSteps', () => {
  const step = fc.record({
    outcome: fc.constantFrom<StepOutcome>('done', 'unclear'),
    way: fc.constantFrom(...WAYS),
  });

  it('tries every way back once, the last first, and says what became of each step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const { ends, tried, told } = await undo(steps);
        expect(ends).toEqual(steps.map(({ outcome, way }) => expected(outcome, way)));
        const withWay = [...steps.keys()].filter((index) => steps[index]?.way !== 'none').reverse();
        expect(tried).toEqual(withWay);
        expect(told).toEqual(withWay.map((index) => [index, ends[index]]));
      }),
    );
  });

  it('goes on after a failure in every position', async () => {
    for (let failing = 0; failing < 5; failing += 1) {
      const steps = [0, 1, 2, 3, 4].map((index) => ({
        outcome: 'done' as const,
        way: index === failing ? ('is refused' as const) : ('works' as const),
      }));
      const { ends, tried } = await undo(steps);
      expect(tried).toEqual([4, 3, 2, 1, 0]);
      expect(ends).toEqual(steps.map((_, index) => (index === failing ? 'notUndone' : 'undone')));
    }
  });

  it('takes a way back that throws at once for one that rejects', async () => {
    const ends = await undoSteps({
      outcomes: ['done'],
      wayBack: () => () => {
        throw new TypeError('broken');
      },
    });
    expect(ends).toEqual(['notUndone']);
  });
});
