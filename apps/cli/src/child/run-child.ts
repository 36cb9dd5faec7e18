import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { AmlAuthError } from '@aml-auth/core';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-code.js';

/**
 * Runs a program to its end, with the streams of this one, and hands signals on to it.
 *
 * @returns its exit code; as in shells 128 and the number of the signal that ended it, 127 where there is no such
 *   program, 126 where it cannot be run
 */
export async function runChild(
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

function refuse(context: CliContext, program: string, error: NodeJS.ErrnoException): number {
  const missing = error.code === 'ENOENT';
  const { message } = new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${program} ${missing ? 'was not found' : `cannot be run (${error.code ?? 'unknown'})`}.`,
  });
  const { labels } = context.messages;
  context.process.stderr.write(
    `${labels.error}: ${message}\n  ${labels.next}: Check its name and the PATH.\n`,
  );
  return missing ? EXIT.programNotFound : EXIT.notExecutable;
}
