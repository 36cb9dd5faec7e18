import type { Finding } from '../check.ts';
import { lastWords, type ProgramResult } from '../workspace/run-program.ts';

/** One thing that must go well. */
export interface Step {
  /** What fails where it does. */
  readonly name: string;
  readonly run: () => Promise<ProgramResult>;
}

const WORDS = 15;

/** One after the other: what fails first is found, and what depends on it is not tried. */
export async function firstFailure(steps: readonly Step[]): Promise<readonly Finding[]> {
  for (const step of steps) {
    const findings = await findingsOf(step);
    if (findings.length > 0) return findings;
  }
  return [];
}

/** Side by side: all that fail are found. */
export async function allFailures(steps: readonly Step[]): Promise<readonly Finding[]> {
  return (await Promise.all(steps.map(findingsOf))).flat();
}

async function findingsOf({ name, run }: Step): Promise<readonly Finding[]> {
  const result = await run();
  return result.code === 0 ? [] : [{ where: name, what: lastWords(result, WORDS) }];
}
