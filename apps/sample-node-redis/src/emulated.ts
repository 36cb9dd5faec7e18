// Runs two instances of the service, one after the other, with the emulator as their cloud, and counts the tokens that
// they ask for. Their Redis is the one of REDIS_URL, else a redis-server of their own where that is installed.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startEmulator } from '@aml-auth/emulator';
import { startRedis } from './start-redis.ts';

const emulator = await startEmulator();
const redis = await startRedis(process.env);
const env = {
  PATH: process.env['PATH'],
  ...emulator.env(),
  ...(redis.url === undefined ? {} : { REDIS_URL: redis.url }),
  AML_AUTH_CACHE_KEY: `demo:${randomBytes(32).toString('base64')}`,
};
try {
  if (redis.url === undefined) console.log('There is no Redis here: tokens are not shared.');
  for (const instance of [1, 2]) {
    const answer = await askInstance();
    const tokens = emulator.requests.filter(({ path }) => path.includes('/oauth2/v2.0/token')).length;
    console.log(`instance ${instance}  ${answer}  tokens asked for until now: ${tokens}`);
  }
} finally {
  await redis.close();
  await emulator.close();
}

/** Starts an instance, asks it once and ends it. */
async function askInstance(): Promise<string> {
  const service = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  const ended = once(service, 'exit');
  try {
    for await (const line of createInterface({ input: service.stdout })) {
      const origin = /^listening at (.+)$/.exec(line)?.[1];
      if (origin === undefined) continue;
      const response = await fetch(`${origin}/workspace`);
      return (await response.text()).trim();
    }
    throw new Error('The service ended before it listened.');
  } finally {
    service.kill('SIGTERM');
    await ended;
  }
}
