import { once } from 'node:events';
import type { CliContext } from '../../../context.js';
import { printJson } from '../../../output/print-json.js';
import { startFromFlags } from '../start-from-flags.js';
import type { EmulatorUpFlags } from './command.js';

/** Runs `aml-auth emulator up`. */
export async function up(context: CliContext, flags: EmulatorUpFlags): Promise<void> {
  const { stdout, stderr } = context.process;
  const emulator = await startFromFlags(flags);
  try {
    const env = emulator.env(flags.app);
    stderr.write(`The emulator runs at ${emulator.origin}. No Azure account is touched. Ctrl-C ends it.\n`);
    if (flags.output === 'json') printJson(stdout, { origin: emulator.origin, env });
    else stdout.write(exportLines(env));
    if (!context.signal.aborted) await once(context.signal, 'abort');
  } finally {
    await emulator.close();
  }
}

/** Lines for a POSIX shell; single quotes keep every other character as it is. */
function exportLines(env: Readonly<Record<string, string>>): string {
  const quoted = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;
  return Object.entries(env)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join('');
}
