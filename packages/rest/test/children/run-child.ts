import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { ChildJob } from './child.js';

/** How a process ended. */
export interface ChildEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly messages: readonly unknown[];
  readonly stderr: string;
}

/** A process at its job. */
export interface Child {
  /** Settles with the next message that has not been taken. */
  message(): Promise<unknown>;
  kill(signal: NodeJS.Signals): void;
  readonly end: Promise<ChildEnd>;
}

/** Starts processes that run the sources of this repository as they are. */
export interface Children {
  start(job: ChildJob, env?: NodeJS.ProcessEnv): Child;
  close(): Promise<void>;
}

/** Bundles `child.ts`, so that a plain Node.js process can run it. */
export async function children(): Promise<Children> {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-rest-'));
  const script = join(folder, 'child.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@aml-auth/source'],
    // Packages of others that are CommonJS ask for modules of Node.js in their own way.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  const running = new Set<ChildProcess>();

  return {
    start(job, env = {}) {
      const child = fork(script, [JSON.stringify(job)], {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        env: { PATH: process.env['PATH'], ...env },
      });
      running.add(child);
      const messages: unknown[] = [];
      const waiting: ((message: unknown) => void)[] = [];
      let taken = 0;
      let stderr = '';
      child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
      child.on('message', (message) => {
        messages.push(message);
        const next = waiting.shift();
        if (next === undefined) return;
        taken += 1;
        next(message);
      });
      const end = (once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>).then(
        ([exitCode, signal]): ChildEnd => {
          running.delete(child);
          return { exitCode, signal, messages, stderr };
        },
      );
      return {
        end,
        kill: (signal) => void child.kill(signal),
        message: () => {
          if (taken < messages.length) return Promise.resolve(messages[taken++]);
          const next = new Promise((resolve) => waiting.push(resolve));
          const ended = end.then((how) => {
            throw new Error(`The process ended without a message: ${how.stderr}`);
          });
          return Promise.race([next, ended]);
        },
      };
    },
    async close() {
      for (const child of running) child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
