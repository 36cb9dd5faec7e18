import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A Redis to use; `url` is undefined where there is none. */
export interface DemoRedis {
  readonly url: string | undefined;
  readonly close: () => Promise<void>;
}

/** The Redis of `REDIS_URL`, else a `redis-server` that listens at a socket in a folder of its own and keeps nothing. */
export async function startRedis(env: NodeJS.ProcessEnv): Promise<DemoRedis> {
  const given = env['REDIS_URL'];
  if (given !== undefined && given !== '') return { url: given, close: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'sample-redis-'));
  const socket = join(folder, 'redis.sock');
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  // Started, or not there; either way it ends once.
  const ended = once(server, 'close').catch(() => undefined);
  const close = async (): Promise<void> => {
    server.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await once(server, 'spawn');
  } catch {
    await rm(folder, { recursive: true, force: true });
    return { url: undefined, close: () => Promise.resolve() };
  }
  const lines = createInterface({ input: server.stdout });
  for await (const line of lines) {
    if (!/ready to accept connections/i.test(line)) continue;
    server.stdout.resume();
    return { url: `unix://${socket}`, close };
  }
  await close();
  throw new Error('redis-server ended at once.');
}
