import { AmlAuthError, cancelled, type Clock } from '@aml-auth/core';
import type { spawn as Spawn } from '@azure/core-process';
import type { ChildProcess } from 'node:child_process';
import type { Environment } from './settings.js';

/** One run of a program. */
export interface ProgramRun {
  /** What it is called in texts: `The Azure CLI`. */
  readonly name: string;
  /** An absolute path, or a name that is looked for on the PATH of `env`. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly clock: Clock;
  /** In milliseconds. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Said where it takes too long. */
  readonly remedy: string;
}

/** How it ended. */
export interface ProgramOutcome {
  /** The exit code; the name of an error of the system, or of a signal, where there is none. */
  readonly exitCode: number | string;
  readonly stdout: string;
  /** Its beginning. May hold secrets: for deciding, not for showing as it is. */
  readonly stderr: string;
}

/** The exit code of a program that was ended because it wrote more than a token needs. */
export const TOO_MUCH_OUTPUT = 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';

const MAX_OUTPUT_BYTES = 1 << 20;
const MAX_STDERR_BYTES = 64 * 1024;
/** How long its output is waited for after its end: a program it started may keep the pipe open for ever. */
const DRAIN_MS = 1_000;
/** How long it has to end by itself when it is told to. */
const GRACE_MS = 2_000;

/**
 * Runs a program without a shell, and ends it at the time limit, at too much output, or when the signal is
 * aborted. `@azure/core-process` keeps to safe entries of the PATH and to safe arguments.
 *
 * @throws {AmlAuthError} `AML_TIMEOUT` or `AML_CANCELLED`
 */
export async function runProgram(run: ProgramRun): Promise<ProgramOutcome> {
  const { clock, signal } = run;
  const { spawn } = await import('@azure/core-process');
  // From here to the listener below nothing waits, so that no cancellation is missed and no program left behind.
  if (signal.aborted) throw cancelled(signal);
  let child: ChildProcess;
  try {
    child = start(run, spawn);
  } catch (error) {
    return { exitCode: codeOf(error), stdout: '', stderr: '' };
  }
  const undo: (() => void)[] = [];
  try {
    return await new Promise<ProgramOutcome>((resolve, reject) => {
      const stdout = collect(child.stdout, MAX_OUTPUT_BYTES, () => {
        resolve({ exitCode: TOO_MUCH_OUTPUT, stdout: '', stderr: '' });
      });
      const stderr = collect(child.stderr, MAX_STDERR_BYTES, () => undefined);
      const end = (exitCode: number | string): void => {
        resolve({ exitCode, stdout: stdout(), stderr: stderr() });
      };
      child.on('error', (error) => {
        end(codeOf(error));
      });
      child.on('exit', (code, name) => {
        const exitCode = code ?? name ?? 'unknown';
        child.on('close', () => {
          end(exitCode);
        });
        undo.push(
          clock.schedule(DRAIN_MS, () => {
            end(exitCode);
          }),
        );
      });
      undo.push(
        clock.schedule(run.limitMs, () => {
          reject(tooSlow(run));
        }),
      );
      const onAbort = (): void => {
        reject(cancelled(signal));
      };
      signal.addEventListener('abort', onAbort);
      undo.push(() => {
        signal.removeEventListener('abort', onAbort);
      });
    });
  } finally {
    for (const step of undo) step();
    stop(child);
  }
}

function start({ program, args, env }: ProgramRun, spawn: typeof Spawn): ChildProcess {
  return spawn(program, [...args], {
    allowWindowsBatchFiles: true,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** @returns a function that gives the text so far: UTF-8, or UTF-16 as PowerShell writes it */
function collect(stream: NodeJS.ReadableStream | null, limit: number, onTooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else onTooMuch();
  });
  // The end of the process says enough.
  stream?.on('error', () => undefined);
  return () => {
    const bytes = Buffer.concat(chunks);
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
  };
}

/** Nothing of it may keep this process alive. */
function stop(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill();
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
  child.on('exit', () => {
    clearTimeout(timer);
  });
  child.unref();
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'unknown';
}

function tooSlow({ name, limitMs, remedy }: ProgramRun): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_TIMEOUT',
    message: `${name} did not answer within ${limitMs / 1000} seconds.`,
    remedy,
  });
}
