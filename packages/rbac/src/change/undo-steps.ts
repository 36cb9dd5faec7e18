import { isAmlAuthError, type StepOutcome } from '@aml-auth/core';

/** Takes one step back; false where there was nothing to take back. */
export type WayBack = () => Promise<boolean>;

/** What {@link undoSteps} goes by. */
export interface UndoPlan {
  /** What became of each step until now. */
  readonly outcomes: readonly StepOutcome[];
  /** The way back of a step; undefined where it stays as it is. */
  readonly wayBack: (index: number) => WayBack | undefined;
  /** Told of each step that was taken back, or could not be. */
  readonly onUndone?: ((index: number, outcome: StepOutcome) => void) | undefined;
}

/**
 * Takes steps back, the last first, and goes on whatever becomes of one of them. What is gone already is undone; a write
 * that got no answer may still be on its way where nothing was found, and stays `unclear`.
 *
 * @returns what became of each step, in their order
 */
export async function undoSteps({ outcomes, wayBack, onUndone }: UndoPlan): Promise<readonly StepOutcome[]> {
  const ends = [...outcomes];
  for (const [index, outcome] of [...outcomes.entries()].reverse()) {
    const back = wayBack(index);
    if (back === undefined) continue;
    const end = endOf(outcome, await wasThere(back));
    ends[index] = end;
    onUndone?.(index, end);
  }
  return ends;
}

/** Undefined where that is not known, and it may still be there. */
async function wasThere(back: WayBack): Promise<boolean | undefined> {
  try {
    return await back();
  } catch (error) {
    return isAmlAuthError(error) && error.code === 'AML_NOT_FOUND' ? false : undefined;
  }
}

function endOf(outcome: StepOutcome, found: boolean | undefined): StepOutcome {
  if (outcome === 'unclear') return found === true ? 'undone' : 'unclear';
  return found === undefined ? 'notUndone' : 'undone';
}
