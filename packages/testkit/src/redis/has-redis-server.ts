import { spawnSync } from 'node:child_process';

/** Whether the program `redis-server` can be started here. Says so on one line where it cannot. */
export function hasRedisServer(): boolean {
  const found = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!found)
    console.warn('SKIPPED: redis-server is not installed (Debian and Ubuntu: package redis-server).');
  return found;
}
