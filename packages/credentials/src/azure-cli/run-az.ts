import type { Clock } from '@aml-auth/core';
import { runProgram, type ProgramOutcome } from '../lib/run-program.js';
import type { Environment } from '../lib/settings.js';

/** One run of `az`. */
export interface AzRun {
  readonly args: readonly string[];
  readonly env: Environment;
  readonly clock: Clock;
  /** In milliseconds. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** How it ended. */
export type AzOutcome = ProgramOutcome;

/**
 * Runs `az` by its absolute path, without a shell, and ends it at the time limit or when the signal
 * is aborted.
 *
 * @throws {AmlAuthError} `AML_TIMEOUT` or `AML_CANCELLED`
 */
export function runAz(run: AzRun): Promise<AzOutcome> {
  return runProgram({
    ...run,
    name: 'The Azure CLI',
    program: 'az',
    remedy: 'Run "az account get-access-token" to see why it takes so long, or raise timeLimitMs.',
  });
}
