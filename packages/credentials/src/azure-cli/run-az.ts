import { AmlAuthError, cancelled, type Clock } from '@aml-auth/core';
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
export interface AzOutcome {
  /** The exit code; the name of an error of the system where it could not be run. */
  readonly exitCode: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

const MAX_OUTPUT_BYTES = 1 << 20;

/**
 * Runs `az` by its absolute path, without a shell, and ends it at the time limit or when the signal
 * is aborted. `@azure/core-process` keeps to safe entries of the PATH and to safe arguments.
 *
 * @throws {AmlAuthError} `AML_TIMEOUT` or `AML_CANCELLED`
 */
export async function runAz(run: AzRun): Promise<AzOutcome> {
  const { execFile } = await import('@azure/core-process');
  const controller = new AbortController();
  const end = (): void => {
    controller.abort();
  };
  const cancelTimer = run.clock.schedule(run.limitMs, end);
  run.signal.addEventListener('abort', end);
  try {
    if (run.signal.aborted) end();
    const { stdout, stderr } = await execFile('az', [...run.args], {
      allowWindowsBatchFiles: true,
      encoding: 'utf8',
      env: { ...run.env },
      maxBuffer: MAX_OUTPUT_BYTES,
      signal: controller.signal,
      windowsHide: true,
    });
    return { exitCode: 0, stdout, stderr };
  } catch (cause) {
    if (run.signal.aborted) throw cancelled(run.signal);
    if (controller.signal.aborted) throw tooSlow(run.limitMs, cause);
    return outcomeOf(cause);
  } finally {
    cancelTimer();
    run.signal.removeEventListener('abort', end);
  }
}

function tooSlow(limitMs: number, cause: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_TIMEOUT',
    message: `The Azure CLI did not answer within ${limitMs / 1000} seconds.`,
    remedy: 'Run "az account get-access-token" to see why it takes so long, or raise timeLimitMs.',
    cause,
  });
}

function outcomeOf(error: unknown): AzOutcome {
  const { code, stdout, stderr } = error as { code?: unknown; stdout?: unknown; stderr?: unknown };
  return {
    exitCode: typeof code === 'number' || typeof code === 'string' ? code : 'unknown',
    stdout: typeof stdout === 'string' ? stdout : '',
    stderr: typeof stderr === 'string' ? stderr : '',
  };
}
