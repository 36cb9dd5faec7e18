import type { CliContext } from '../../../context.js';
import { giveProgram } from '../program.js';
import type { SetupFlags } from '../setup-flags.js';
import { JAVA_PROGRAM } from './java-program.js';

/** Runs `aml-auth setup java`. */
export async function java(context: CliContext, flags: SetupFlags): Promise<void> {
  await giveProgram(context, flags, { text: JAVA_PROGRAM, runs: 'java', usual: 'TokenExample.java' });
}
