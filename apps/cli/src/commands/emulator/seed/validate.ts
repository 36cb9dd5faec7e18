import { checkSeed } from '@aml-auth/emulator';
import type { CliContext } from '../../../context.js';
import { EXIT } from '../../../exit-code.js';
import { present } from '../../../output/present.js';
import { readSeed } from '../start-from-flags.js';
import type { SeedValidateFlags } from './command.js';

/** Runs `aml-auth emulator seed validate`. */
export async function validate(context: CliContext, flags: SeedValidateFlags, file: string): Promise<void> {
  const { stdout, stderr } = context.process;
  const problems = await checkSeed(await readSeed(file));
  const forPeople = flags.output === 'table' && flags.query === undefined;
  if (forPeople && problems.length === 0) stdout.write(`${file} is valid.\n`);
  else {
    await present(context, flags, { valid: problems.length === 0, problems }, () => ({
      headings: ['place', 'problem'],
      rows: problems.map(({ path, message }) => [path === '' ? '(the whole file)' : path, message]),
    }));
  }
  if (forPeople && problems.length > 0) {
    stderr.write(`${file} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.\n`);
  }
  if (problems.length > 0) context.process.exitCode = EXIT.usage;
}
