import { checkSeed } from '@aml-auth/emulator';
import type { CliContext } from '../../../context.js';
import { EXIT } from '../../../exit-code.js';
import { printJson } from '../../../output/print-json.js';
import { printTable } from '../../../output/print-table.js';
import { readSeed } from '../start-from-flags.js';
import type { SeedValidateFlags } from './command.js';

/** Runs `aml-auth emulator seed validate`. */
export async function validate(context: CliContext, flags: SeedValidateFlags, file: string): Promise<void> {
  const { stdout, stderr } = context.process;
  const problems = await checkSeed(await readSeed(file));
  if (flags.output === 'json') printJson(stdout, { valid: problems.length === 0, problems });
  else if (problems.length === 0) stdout.write(`${file} is valid.\n`);
  else {
    const rows = problems.map(({ path, message }) => [path === '' ? '(the whole file)' : path, message]);
    printTable(stdout, ['place', 'problem'], rows);
    stderr.write(`${file} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.\n`);
  }
  if (problems.length > 0) context.process.exitCode = EXIT.usage;
}
