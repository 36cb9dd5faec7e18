import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { test } from 'node:test';
import { startEmulator } from '@aml-auth/emulator';

const folder = join(import.meta.dirname, '..');
// The Node.js that runs the tests, before any other that the machine has.
const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter);
// What the README promises.
const [promised = ''] =
  /(?<=```text\n)[^]*?(?=```)/.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

test('prints what the README says where there is a redis-server, else that tokens are not shared', () => {
  const { REDIS_URL: _, ...own } = process.env;
  const env = { ...own, PATH };
  const run = spawnSync('npm', ['--silent', 'start'], { cwd: folder, encoding: 'utf8', env });
  const alone = `There is no Redis here: tokens are not shared.\n${promised.replace(/1\n$/, '2\n')}`;
  assert.equal(run.stdout, hasRedis ? promised : alone, run.stderr);
  assert.equal(run.status, 0);
});

test('says what is missing when it is started without settings, and ends', () => {
  const env = { PATH, REDIS_URL: 'unix:///nowhere/redis.sock' };
  const run = spawnSync(process.execPath, ['src/main.ts'], { cwd: folder, encoding: 'utf8', env });
  assert.match(run.stderr, /AML_CONFIG_INVALID: clientSecret is missing or empty\.\nNext: /);
  assert.equal(run.status, 1);
});

test('serves while Redis is down, and goes over to it when it comes', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'sample-redis-test-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const socket = join(directory, 'redis.sock');
  const env = {
    PATH,
    ...emulator.env(),
    REDIS_URL: `unix://${socket}`,
    AML_AUTH_CACHE_KEY: `test:${randomBytes(32).toString('base64')}`,
  };
  const service = spawn(process.execPath, ['src/main.ts'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const ended = once(service, 'exit');
  const end = async (): Promise<unknown> => {
    service.kill('SIGTERM');
    return (await ended)[0];
  };
  t.after(end);
  const news = createInterface({ input: service.stderr });
  const connected = lineOf(news, /^Redis: connected/);
  // Awaited only where there is a server.
  connected.catch(() => undefined);
  const down = lineOf(news, /^Redis: .* tokens stay in this process/);
  const origin = (await lineOf(createInterface({ input: service.stdout }), /^listening at /)).slice(13);
  await down;
  assert.equal((await fetch(`${origin}/workspace`)).status, 200);
  if (hasRedis) {
    const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', directory];
    const redis = spawn('redis-server', options, { stdio: 'ignore' });
    const over = once(redis, 'exit');
    t.after(async () => {
      redis.kill();
      await over;
    });
    await connected;
    assert.equal((await fetch(`${origin}/workspace`)).status, 200);
  } else {
    t.diagnostic('redis-server is not installed: that it comes was not tried');
  }
  assert.equal(await end(), 0);
});

/** The first such line; the test ends by itself where none comes before the end of the output. */
function lineOf(lines: Interface, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => pattern.test(line) && resolve(line));
    lines.on('close', () => reject(new Error(`There was no line ${pattern}.`)));
  });
}
