import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** The built program. */
export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Where the programs of these tests keep their state, tokens and settings, in place of the user's own folders. */
const STATE_HOME = mkdtempSync(join(tmpdir(), 'aml-auth-state-'));
afterAll(() => {
  rmSync(STATE_HOME, { recursive: true, force: true });
});

/** How the program ended, and what it wrote. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the program is started with. The environment of the tests is not handed on, but for the PATH. */
export interface Start {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Starts the built program. */
export function start(args: readonly string[], { env = {} }: Start = {}): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      XDG_STATE_HOME: STATE_HOME,
      AML_AUTH_CACHE_DIR: join(STATE_HOME, 'cache'),
      AML_AUTH_CONFIG_DIR: join(STATE_HOME, 'config'),
      ...env,
    },
  });
}

/** Runs the built program to its end. */
export async function amlAuth(args: readonly string[], options: Start = {}): Promise<Outcome> {
  const child = start(args, options);
  child.stdin?.end(options.input ?? '');
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}
