import type { CliContext } from '../../../context.js';
import { giveProgram } from '../program.js';
import type { SetupFlags } from '../setup-flags.js';
import { PYTHON_PROGRAM } from './python-program.js';

/** Runs `aml-auth setup python`. */
export async function python(context: CliContext, flags: SetupFlags): Promise<void> {
  await giveProgram(context, flags, { text: PYTHON_PROGRAM, runs: 'python3', usual: 'token_example.py' });
}
