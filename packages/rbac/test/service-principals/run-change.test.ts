import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { runChange } from '../../src/service-principals/run-change.js';

/** What each step does, and what its way back does. */
const step = fc.record({
  changes: fc.boolean(),
  fails: fc.constantFrom('no', 'refused', 'unanswered'),
  undo: fc.constantFrom('none', 'works', 'fails', 'gone'),
});

function failure(code: 'AML_FORBIDDEN' | 'AML_TIMEOUT' | 'AML_NOT_FOUND'): AmlAuthError {
  return new AmlAuthError({ code, message: `It said ${code}.`, remedy: 'Look.' });
}

describe('runChange', () => {
  it('leaves nothing that is not named, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (plan) => {
        const held = new Set<string>();
        const told: string[] = [];
        const steps = plan.map(({ changes, fails, undo }, index) => {
          const id = `id-${String(index)}`;
          return {
            step: `step ${String(index)}`,
            run: () => {
              if (fails === 'refused') return Promise.reject(failure('AML_FORBIDDEN'));
              if (fails === 'unanswered') return Promise.reject(failure('AML_TIMEOUT'));
              if (changes) held.add(id);
              return Promise.resolve({ id, changed: changes });
            },
            ...(undo === 'none'
              ? {}
              : {
                  undo: (given: string) => {
                    expect(given).toBe(id);
                    if (undo === 'fails') return Promise.reject(failure('AML_FORBIDDEN'));
                    held.delete(id);
                    return undo === 'gone' ? Promise.reject(failure('AML_NOT_FOUND')) : Promise.resolve();
                  },
                }),
          };
        });
        const end = await runChange(steps, (name, state) => told.push(`${state} ${name}`)).then(
          () => undefined,
          (error: unknown) => error,
        );
        const first = plan.findIndex(({ fails }) => fails !== 'no');
        if (first === -1) {
          expect(end).toBeUndefined();
          expect(held.size).toBe(plan.filter(({ changes }) => changes).length);
          return;
        }
        if (!isAmlAuthError(end)) throw new Error('It did not fail.');
        const outcomes = (end.steps ?? []).map(({ outcome }) => outcome);
        expect(outcomes).toHaveLength(plan.length);
        expect(outcomes[first]).toBe(plan[first]?.fails === 'refused' ? 'failed' : 'unclear');
        expect(outcomes.slice(first + 1).every((outcome) => outcome === 'notStarted')).toBe(true);
        // All that is still held is told: with its id, and in the message where it should have gone.
        const left = (end.steps ?? []).filter(({ outcome, id }) => id !== undefined && outcome !== 'undone');
        expect(new Set(left.map(({ id }) => id))).toEqual(held);
        for (const { id, outcome } of left) {
          if (outcome === 'notUndone') expect(end.message).toContain(id);
        }
        expect(told.filter((line) => line.startsWith('started'))).toHaveLength(first + 1);
      }),
    );
  });

  it('undoes the last first', async () => {
    const undone: string[] = [];
    const make = (id: string) => ({
      step: id,
      run: () => Promise.resolve({ id, changed: true }),
      undo: (given: string) => Promise.resolve(undone.push(given)),
    });
    const failing = { step: 'fail', run: () => Promise.reject(failure('AML_FORBIDDEN')) };
    const change = runChange([make('a'), make('b'), failing], () => undefined);
    await expect(change).rejects.toMatchObject({ code: 'AML_FORBIDDEN', remedy: 'Look.' });
    expect(undone).toEqual(['b', 'a']);
  });
});
