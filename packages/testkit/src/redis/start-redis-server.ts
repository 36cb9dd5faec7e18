import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';

/** A real `redis-server` on loopback, with a folder of its own. */
export interface RedisServer {
  /** On 127.0.0.1; the same after a restart. */
  readonly port: number;
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
  /** Ends it as a crash would (SIGKILL), keeping the port for {@link RedisServer.start}. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  start(): Promise<void>;
  /** Keeps connections open and answers nothing (SIGSTOP), until {@link RedisServer.resume}. */
  pause(): void;
  /** Lets it answer again (SIGCONT), what came in meanwhile first. */
  resume(): void;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

/** How often a port is tried that somebody else may take in between. */
const ATTEMPTS = 5;

/**
 * Starts `redis-server` without persistence.
 *
 * @param settings - more settings as on its command line: `--cluster-enabled yes`
 * @throws where the program is missing or does not start
 */
export async function startRedisServer(settings: readonly string[] = []): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-redis-'));
  let failure: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = await freePort();
    try {
      return redisServer(port, folder, settings, await launch(port, folder, settings));
    } catch (error) {
      failure = error;
    }
  }
  await rm(folder, { recursive: true, force: true });
  throw failure;
}

function redisServer(
  port: number,
  folder: string,
  settings: readonly string[],
  first: ChildProcess,
): RedisServer {
  let child = first;
  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill,
    async start() {
      child = await launch(port, folder, settings);
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, folder: string, settings: readonly string[]): Promise<ChildProcess> {
  const address = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const child = spawn('redis-server', [...address, '--save', '', '--appendonly', 'no', ...settings], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  await ready(child);
  return child;
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (part: Buffer) => {
      output += part.toString();
      if (output.includes('Ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`redis-server ended at once:\n${output}`)));
  });
}
