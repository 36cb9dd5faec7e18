import { select, text } from '@clack/prompts';
import { appNameProblem } from './app-name-problem.js';
import { BrokenOff } from './broken-off.js';

/** What is known, and what may be chosen. */
export interface Questions {
  readonly folder: string | undefined;
  readonly sample: string | undefined;
  readonly samples: readonly string[];
  /** The sample that is offered first. */
  readonly first: string;
}

/**
 * Asks for what is missing.
 *
 * @throws {BrokenOff} where the person breaks off
 */
export async function ask({
  folder,
  sample,
  samples,
  first,
}: Questions): Promise<{ readonly folder: string; readonly sample: string }> {
  const options = samples.map((value) => ({ value, label: value }));
  return {
    folder:
      folder ??
      answered(
        await text({
          message: 'The folder of the new app',
          placeholder: 'my-app',
          validate: (value) => appNameProblem(value ?? ''),
        }),
      ),
    sample: sample ?? answered(await select({ message: 'The sample', options, initialValue: first })),
  };
}

function answered(answer: string | symbol): string {
  // The symbol says that the person broke off.
  if (typeof answer === 'symbol') throw new BrokenOff();
  return answer;
}
