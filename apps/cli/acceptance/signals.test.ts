import { spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { start } from './support/aml-auth.js';
import { inTerminal } from './support/in-terminal.js';
import { isOpen } from './support/is-open.js';

let emulator: Emulator;
/** Tells when a program that was left behind would still be there: it holds a connection as long as it runs. */
let roll: Server;
beforeAll(async () => {
  emulator = await startEmulator({ seed: { ...demoSeed, operations: { duration: '1h' } } });
  roll = createServer((socket) => void socket.on('error', () => undefined).resume());
  roll.listen(0, '127.0.0.1');
  await once(roll, 'listening');
});
afterEach(() => {
  emulator.faults.clear();
});
afterAll(async () => {
  await emulator.close();
  await new Promise((resolve) => roll.close(resolve));
});

interface User {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
}

async function user(app?: string): Promise<User> {
  const home = await mkdtemp(join(tmpdir(), 'aml-auth-signals-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const variables = emulator.env(app);
  const cloud = ['ARM_CLOUD_METADATA_URL', 'NODE_EXTRA_CA_CERTS'].map((name) => [
    name,
    variables[name] ?? '',
  ]);
  return {
    home,
    env: {
      ...(app === undefined ? (Object.fromEntries(cloud) as Record<string, string>) : variables),
      HOME: home,
      XDG_STATE_HOME: join(home, 'state'),
      AML_AUTH_CACHE_DIR: join(home, 'cache'),
      AML_AUTH_CONFIG_DIR: join(home, 'config'),
      AML_AUTH_CACHE_KEY: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    },
  };
}

/** A program that waits, with what it has written to standard error so far. */
interface Waiting {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  /** Waits until it has written this. */
  readonly says: (text: RegExp) => Promise<string>;
}

function run(args: readonly string[], env: User['env']): Waiting {
  const child = start(args, { env });
  child.stdin?.end();
  child.stdout?.resume();
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (stderr += part));
  return {
    child,
    stderr: () => stderr,
    async says(text) {
      while (!text.test(stderr)) await once(child.stderr!, 'data');
      return text.exec(stderr)?.[1] ?? '';
    },
  };
}

/**
 * How the program ends by the signal; without a stack, and with no draft of a file left behind. The note of a lease may
 * stay where the machine is busy: others see that its process is gone.
 */
async function end({ child, stderr }: Waiting, home: string, signal: NodeJS.Signals = 'SIGINT') {
  const exit = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  child.kill(signal);
  const [code, by] = await exit;
  expect(stderr()).not.toMatch(/^\s+at /m);
  const left = await readdir(home, { recursive: true });
  expect(left.filter((name) => /tmp|accounts/.test(name))).toEqual([]);
  return by ?? code;
}

/** Waits until so many requests have met the fault. They are in the record of requests only when they have ended. */
async function met(fault: string, count = 1): Promise<void> {
  await expect
    .poll(() => emulator.faults.list().find(({ id }) => id === fault)?.hits)
    .toBeGreaterThanOrEqual(count);
}

const TOKEN = { path: '/**/oauth2/v2.0/token' };

describe('Ctrl-C ends the program at once', () => {
  it.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('while it waits for a person with a code, by %s with %i', async (signal, code) => {
    const { home, env } = await user();
    const waiting = run(['login', '--device-code'], env);
    await waiting.says(/enter the code/);
    expect(await end(waiting, home, signal)).toBe(code);
  });

  it('while it waits for the browser, and listens no longer', async () => {
    const { home, env } = await user();
    const browser = join(home, 'browser');
    await writeFile(browser, `#!/bin/sh\nprintf %s "$1" >"$0.part" && mv "$0.part" "$0.url"\n`, {
      mode: 0o700,
    });
    const waiting = run(['login', '--browser'], { ...env, BROWSER: browser, DISPLAY: ':0' });
    await expect.poll(() => readFile(`${browser}.url`, 'utf8').catch(() => '')).toMatch(/^https/);
    const url = new URL(await readFile(`${browser}.url`, 'utf8'));
    const listener = url.searchParams.get('redirect_uri') ?? '';
    expect(await isOpen(listener)).toBe(true);
    expect(await end(waiting, home)).toBe(130);
    expect(await isOpen(listener)).toBe(false);
  });

  it('while az hangs, which ends as well', async () => {
    const { home, env } = await user();
    const { port } = roll.address() as AddressInfo;
    const script = `#!${process.execPath}\nrequire('node:net').connect(${port}, '127.0.0.1');\n`;
    await writeFile(join(home, 'az'), script, { mode: 0o700 });
    const called = once(roll, 'connection') as Promise<[NodeJS.EventEmitter]>;
    const waiting = run(['login', '--from-az'], { ...env, PATH: `${home}:/usr/bin:/bin` });
    const [socket] = await called;
    const gone = once(socket, 'close');
    expect(await end(waiting, home)).toBe(130);
    await gone;
  });

  it('while Microsoft Entra ID does not answer', async () => {
    const { home, env } = await user('trainer');
    emulator.faults.add({ id: 'silence', match: TOKEN, do: { delayMs: 3_600_000 } });
    const waiting = run(['token'], env);
    await met('silence');
    expect(await end(waiting, home)).toBe(130);
  });

  it('while it waits before another attempt', async () => {
    const { home, env } = await user('trainer');
    emulator.faults.add({ id: 'later', preset: '429', retryAfter: 20, match: TOKEN });
    const waiting = run(['token'], env);
    await met('later');
    expect(await end(waiting, home)).toBe(130);
  });

  it('while it waits for the end of an operation', async () => {
    const { home, env } = await user('platform-admin');
    const args = ['compute', 'create', 'slow', '--size', 'STANDARD_DS3_V2', '--max-nodes', '1'];
    const waiting = run([...args, '--workspace', 'ws1', '-g', 'rg-ml'], env);
    await expect.poll(() => emulator.requests.some(({ path }) => path.includes('/computes/slow'))).toBe(true);
    expect(await end(waiting, home)).toBe(130);
  });

  it('while another process fetches the token, and while it waits for that one', async () => {
    const { home, env } = await user('trainer');
    emulator.faults.add({ id: 'silence', match: TOKEN, do: { delayMs: 3_600_000 } });
    const first = run(['token'], env);
    await met('silence');
    const others = [run(['token'], env), run(['token'], env)];
    const exit = once(first.child, 'close');
    first.child.kill('SIGINT');
    expect(await exit).toEqual([130, null]);
    // One of the others takes over, which shows that nothing of the first one holds it up; the last one waits or starts.
    await met('silence', 2);
    const ends = others.map(async ({ child }) => {
      const ended = once(child, 'close');
      child.kill('SIGINT');
      return ended;
    });
    for (const [code, signal] of await Promise.all(ends)) expect(signal ?? code).toBeOneOf([130, 'SIGINT']);
    expect((await readdir(home, { recursive: true })).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  it('while it serves, as it was told to: with 0, and listens no longer', async () => {
    const { home, env } = await user('trainer');
    const child = start(['serve', '--format', 'json'], { env });
    let variables = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => (variables += part));
    while (!variables.includes('}')) await once(child.stdout!, 'data');
    const { IDENTITY_ENDPOINT: endpoint = '' } = JSON.parse(variables) as Record<string, string>;
    expect(await isOpen(endpoint)).toBe(true);
    expect(await end({ child, stderr: () => '', says: () => Promise.resolve('') }, home)).toBe(0);
    expect(await isOpen(endpoint)).toBe(false);
  });

  it.each([
    ['that does not care', '', 130],
    ['that ends by its own rules', 'process.on("SIGINT", () => process.exit(9));', 9],
  ])('of a program %s when that one ends', async (_what, prepare, code) => {
    const { home, env } = await user('trainer');
    const wait = `${prepare} console.error("ready"); setInterval(() => {}, 1e6)`;
    const waiting = run(['exec', '--', process.execPath, '--eval', wait], env);
    await waiting.says(/ready/);
    expect(await end(waiting, home)).toBe(code);
  });
});

describe.skipIf(spawnSync('python3', ['--version']).status !== 0)('Ctrl-C at a terminal', () => {
  it('ends a question for a secret, and leaves the terminal as it was', async () => {
    const { home, env } = await user();
    const { clientId, tenantId } = emulator.app('trainer');
    const args = ['login', '--service-principal', '--client-id', clientId, '--tenant', tenantId];
    const ended = await inTerminal(args, { env, waitFor: 'secret', typed: '\u0003' });
    expect([ended.code, ended.restored]).toEqual([130, true]);
    // Hidden by the question, shown again: DECTCEM.
    expect(ended.shown.lastIndexOf('\u001b[?25h')).toBeGreaterThan(ended.shown.lastIndexOf('\u001b[?25l'));
    expect((await readdir(home, { recursive: true })).join()).not.toContain('accounts');
  });

  it('is for the program that exec runs', async () => {
    const { env } = await user('trainer');
    const wait =
      'process.on("SIGINT", () => process.exit(9)); console.log("ready"); setInterval(() => {}, 1e6)';
    const args = ['exec', '--', process.execPath, '--eval', wait];
    expect(await inTerminal(args, { env, waitFor: 'ready', typed: '\u0003' })).toMatchObject({ code: 9 });
  });
});
