import { restateError, toAmlAuthError, type AmlAuthError, type ChangeStep } from '@aml-auth/core';

import { outcomeOfFailure } from '../change/outcome-of-failure.js';
import { undoSteps } from '../change/undo-steps.js';

/** What a step came to. */
export interface StepResult {
  /** Id of what it made or found. */
  readonly id?: string | undefined;
  /** False where everything was as wanted before: then there is nothing to undo. */
  readonly changed: boolean;
}

/** One step of a change, and the way back. */
export interface UndoableStep {
  /** In words: `create the application trainer`. */
  readonly step: string;
  readonly run: () => Promise<StepResult>;
  /** Takes it back. Without it, what is done stays. */
  readonly undo?: (id: string) => Promise<unknown>;
}

/** Told at the beginning and end of each step. */
export type OnStep = (step: string, state: 'started' | 'unchanged' | ChangeStep['outcome']) => void;

/**
 * Runs the steps in order. Where one fails, those before it are undone in reverse order, with the caller's signal
 * out of play.
 *
 * @throws {AmlAuthError} the error of the step that failed, with `steps`: what was done, what became of it, and what
 *   was not begun
 */
export async function runChange(steps: readonly UndoableStep[], onStep: OnStep): Promise<void> {
  const done: ChangeStep[] = [];
  for (const [index, { step, run }] of steps.entries()) {
    onStep(step, 'started');
    try {
      const { id, changed } = await run();
      onStep(step, changed ? 'done' : 'unchanged');
      done.push({ step, outcome: 'done', ...(id === undefined || !changed ? {} : { id }) });
    } catch (thrown) {
      const error = toAmlAuthError(thrown);
      const outcome = outcomeOfFailure(error);
      onStep(step, outcome);
      const undone = await undoAll(steps, done, onStep);
      const rest = steps
        .slice(index + 1)
        .map((later) => ({ step: later.step, outcome: 'notStarted' as const }));
      throw halfway(error, [...undone, { step, outcome }, ...rest]);
    }
  }
}

async function undoAll(
  steps: readonly UndoableStep[],
  done: readonly ChangeStep[],
  onStep: OnStep,
): Promise<readonly ChangeStep[]> {
  const outcomes = await undoSteps({
    outcomes: done.map(({ outcome }) => outcome),
    wayBack: (index) => {
      const undo = steps[index]?.undo;
      const id = done[index]?.id;
      // Nothing was changed, or there is no way back.
      return id === undefined || undo === undefined ? undefined : () => undo(id).then(() => true);
    },
    onUndone: (index, outcome) => onStep(done[index]?.step ?? '', outcome),
  });
  return done.map((entry, index) => ({ ...entry, outcome: outcomes[index] ?? entry.outcome }));
}

function halfway(error: AmlAuthError, steps: readonly ChangeStep[]): AmlAuthError {
  const left = steps.filter(({ outcome }) => outcome === 'notUndone');
  if (left.length === 0) return restateError(error, { steps });
  const names = left.map(({ step, id }) => `${step} (${id ?? 'unknown id'})`).join('; ');
  return restateError(error, {
    steps,
    message: `${error.message} What was done before could not be undone: ${names}.`,
    remedy: `Undo by hand what the message names. ${error.remedy ?? ''}`.trim(),
  });
}
