import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { AmlAuthError } from '@aml-auth/core';
import type { CliContext } from '../../../context.js';
import { EXIT } from '../../../exit-code.js';
import { childEnvironment } from '../child-environment.js';
import type { EmulatorFlags } from '../emulator-flags.js';
import { inspectorOf } from '../inspector.js';
import { startFromFlags } from '../start-from-flags.js';
import { writeBrowserScript } from './browser-script.js';
import { createRefusals } from './refusals.js';

/** Runs `aml-auth emulator run`. */
export async function run(
  context: CliContext,
  flags: EmulatorFlags,
  program = '',
  ...args: readonly string[]
): Promise<void> {
  const { env, stderr } = context.process;
  const refusals = createRefusals();
  const emulator = await startFromFlags(flags, { logger: refusals.logger });
  const browser =
    flags.proxy && process.platform !== 'win32'
      ? await writeBrowserScript(emulator.origin, env['BROWSER'])
      : undefined;
  try {
    const childEnv = {
      ...childEnvironment(env, emulator, flags),
      ...(browser === undefined ? {} : { BROWSER: browser.path }),
    };
    stderr.write(`The emulator runs. See what it is asked at ${inspectorOf(emulator.origin)}\n`);
    context.process.exitCode = await exitCodeOfChild(context, program, args, childEnv);
    stderr.write(refusals.summary());
  } finally {
    await emulator.close();
    await browser?.dispose();
  }
}

async function exitCodeOfChild(
  context: CliContext,
  program: string,
  args: readonly string[],
  env: Readonly<Partial<Record<string, string>>>,
): Promise<number> {
  // No shell: what stands in an argument is never read as a command.
  const child = spawn(program, args, { stdio: 'inherit', env });
  const stopForwarding = context.onSignal((name) => {
    // A terminal sends Ctrl-C to the program by itself.
    if (name !== 'SIGINT' || !context.isTerminal) child.kill(name);
  });
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } catch (error) {
    return refuse(context, program, error as NodeJS.ErrnoException);
  } finally {
    stopForwarding();
  }
}

/** As shells do: 127 where there is no such program, 126 where it cannot be run. */
function refuse(context: CliContext, program: string, error: NodeJS.ErrnoException): number {
  const missing = error.code === 'ENOENT';
  const { message } = new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${program} ${missing ? 'was not found' : `cannot be run (${error.code ?? 'unknown'})`}.`,
  });
  context.process.stderr.write(`error: ${message}\n  next: Check its name and the PATH.\n`);
  return missing ? EXIT.programNotFound : EXIT.notExecutable;
}
