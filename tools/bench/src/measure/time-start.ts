import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** The environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Milliseconds of processor time of a Node.js process with these arguments, from its start until it ends. */
export type TimeStart = (args: readonly string[], env?: Environment) => Promise<number>;

/** Runs ahead of all else, by what Node.js has loaded anyway. */
const REPORTER = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(3, String((user + system) / 1000));
});`;

/**
 * Lends what measures starts of processes to the work. A process tells its own processor time, which other work on the
 * machine changes far less than the time on the clock. Its last steps, such as giving its memory back, are not in it.
 */
export async function withTimeStart<T>(work: (timeStart: TimeStart) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-start-'));
  try {
    const reporter = join(folder, 'reporter.cjs');
    await writeFile(reporter, REPORTER);
    return await work((args, env = process.env) => timed(['--require', reporter, ...args], env));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(args: readonly string[], env: Environment): Promise<number> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  const [told, [code]] = await Promise.all([
    text(child.stdio[3] as Readable),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(code)}`);
  return Number(told);
}
