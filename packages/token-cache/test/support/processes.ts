import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Job, WorkerSetup } from './worker-jobs.js';

/** A real process with a store over the folder. */
export interface Worker {
  readonly child: ChildProcess;
  /** Gives its answer; rejects where the job failed or the process died. */
  ask(job: Job): Promise<unknown>;
  kill(signal: NodeJS.Signals): void;
  /** Ends it, whatever it does. */
  end(): Promise<void>;
}

/** Makes processes that run the sources as they are. */
export interface WorkerPool {
  start(setup: WorkerSetup): Promise<Worker>;
  /** One that may write no byte into any file, as on a disk that is full or a quota that is used up (`EFBIG`). */
  startWithoutRoom(setup: WorkerSetup): Promise<Worker>;
  /** Ends all processes. */
  close(): Promise<void>;
}

export async function workerPool(): Promise<WorkerPool> {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-workers-'));
  const script = await bundled(join(import.meta.dirname, 'worker.ts'), folder);
  const workers = new Set<Worker>();

  const STDIO = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const start = (setup: WorkerSetup): Promise<Worker> =>
    workerOf(fork(script, [JSON.stringify(setup)], { stdio: [...STDIO] }));
  const startWithoutRoom = (setup: WorkerSetup): Promise<Worker> => {
    const limited = ['-c', 'ulimit -f 0; exec "$0" "$@"', process.execPath, script, JSON.stringify(setup)];
    return workerOf(spawn('sh', limited, { stdio: [...STDIO] }));
  };

  async function workerOf(child: ChildProcess): Promise<Worker> {
    const ended = once(child, 'exit');
    async function answer(): Promise<unknown> {
      const [message] = (await Promise.race([
        once(child, 'message'),
        ended.then(() => [{ error: 'the process has ended' }]),
      ])) as [{ answer?: unknown; error?: string }];
      if (message.error !== undefined) throw new Error(message.error);
      return message.answer;
    }
    const worker: Worker = {
      child,
      ask(job) {
        const answered = answer();
        child.send(job);
        return answered;
      },
      kill: (signal) => void child.kill(signal),
      async end() {
        child.kill('SIGKILL');
        await ended;
        workers.delete(worker);
      },
    };
    workers.add(worker);
    await answer();
    return worker;
  }

  return {
    start,
    startWithoutRoom,
    async close() {
      await Promise.all([...workers].map((worker) => worker.end()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The sources as one program in the folder, which starts faster than many files do. */
export async function bundled(source: string, folder: string): Promise<string> {
  const script = join(folder, 'program.mjs');
  await build({
    entryPoints: [source],
    outdir: folder,
    entryNames: 'program',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What is imported later is a file of its own, which a process that does without it does not read.
    splitting: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@aml-auth/source'],
    external: ['@napi-rs/keyring'],
    // For what the bundle has of CommonJS.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return script;
}
