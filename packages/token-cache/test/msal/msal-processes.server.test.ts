import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import { hasRedisServer, startRedisServer } from '@aml-auth/testkit/redis';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesIn } from '../support/file-store.js';
import { bundled } from '../support/processes.js';
import type { ProcessTask, SaidLine } from './support/process-task.js';

const UPN = 'alice@contoso';
const USERNAME = 'alice@contoso.onmicrosoft.com';

let emulator: Emulator;
let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-msal-'));
  program = await bundled(join(import.meta.dirname, 'support/process.ts'), folder);
  emulator = await startEmulator({
    seed: { tenants: [{ name: 'contoso', users: [{ upn: UPN, password: 'A-passw0rd-of-tests' }] }] },
  });
});
afterAll(async () => {
  await emulator.close();
  await Promise.all(toClose.map((close) => close()));
  await rm(folder, { recursive: true, force: true });
});
/** Cases run at the same time, so each leaves what it opened to the end. */
const toClose: (() => unknown)[] = [];

/** What the person does whom a process asks. */
async function act({ userCode, url }: SaidLine): Promise<void> {
  if (userCode !== undefined) emulator.approveDeviceCode(userCode, UPN);
  if (url === undefined) return;
  const { url: address, fields } = await emulator.signIn({ upn: UPN, url });
  const { status } = await fetch(address, { method: 'POST', body: new URLSearchParams(fields) });
  expect(status).toBeLessThan(400);
}

/** A program in place of the browser, which hands the page that it is to open to us. */
async function browser(): Promise<string> {
  const server = createServer((request, reply) => {
    let url = '';
    request.setEncoding('utf8').on('data', (part: string) => (url += part));
    request.once('end', () => {
      reply.end();
      void act({ url });
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  toClose.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const path = join(folder, `browser-${String(port)}`);
  const send = `fetch('http://127.0.0.1:${String(port)}/', { method: 'POST', body: process.argv[1] })`;
  await writeFile(path, `#!/bin/sh\nexec "${process.execPath}" -e "${send}" "$1"\n`);
  await chmod(path, 0o700);
  return path;
}

/** Runs the process to its end. Gives its last line, and how often it asked for a person. */
async function run(
  task: ProcessTask,
  env: NodeJS.ProcessEnv,
): Promise<SaidLine & { readonly asked: number }> {
  const child = spawn(process.execPath, [program, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  toClose.push(() => child.kill('SIGKILL'));
  let last: SaidLine = {};
  let asked = 0;
  createInterface(child.stdout).on('line', (text) => {
    last = JSON.parse(text) as SaidLine;
    if (last.userCode === undefined && last.url === undefined) return;
    asked += 1;
    void act(last);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
  return { ...last, asked };
}

async function environment(): Promise<NodeJS.ProcessEnv> {
  // The launcher of @azure/identity takes a desktop's own browser before this one.
  const desktop = { XDG_CURRENT_DESKTOP: '', DESKTOP_SESSION: '', DISPLAY: '', WAYLAND_DISPLAY: '' };
  const ca = emulator.env()['NODE_EXTRA_CA_CERTS'];
  return { ...process.env, ...desktop, BROWSER: await browser(), NODE_EXTRA_CA_CERTS: ca };
}

type Case = readonly [ProcessTask['library'], ProcessTask['flow'], 'files' | 'Redis'];
const CASES: readonly Case[] = [
  ['msal', 'device code', 'Redis'],
  ['msal', 'browser', 'files'],
  ['identity', 'device code', 'files'],
  // The launcher starts a program of the desktop on macOS and Windows.
  ...(process.platform === 'linux' ? ([['identity', 'browser', 'Redis']] as const) : []),
];
const possible = hasRedisServer() ? CASES : CASES.filter(([, , where]) => where === 'files');

it.concurrent.each(possible)(
  'a person who signed in with %s by %s in one process is signed in in the next, through %s',
  async (library, flow, where) => {
    const server = where === 'Redis' ? await startRedisServer() : undefined;
    if (server !== undefined) toClose.push(() => server.close());
    const place = server?.url ?? join(folder, `${library} ${flow}`);
    const key = randomBytes(32).toString('base64url');
    const [shared, env] = [
      { library, flow, place, key, origin: emulator.origin, tenantId: emulator.tenant().id },
      await environment(),
    ];

    const first = await run({ task: 'sign-in', ...shared }, env);
    expect(first.username).toBe(USERNAME);
    // Another resource: only the refresh token that the first process left can give this one.
    const later = { task: 'silent', ...shared, record: first.record } as const;
    const second = await run(later, env);
    expect(second.asked).toBe(0);
    if (library === 'msal') {
      expect(second).toEqual({ username: USERNAME, fromCache: false, asked: 0 });
      expect(await run(later, env)).toEqual({ username: USERNAME, fromCache: true, asked: 0 });
    }

    const kept = server === undefined ? await filesOf(place) : await valuesOf(place);
    expect(kept.length).toBeGreaterThan(4);
    for (const text of kept) {
      const clear = `${text}\n${Buffer.from(text, 'base64url').toString('latin1')}`;
      expect(clear).not.toMatch(/alice|RefreshToken|homeAccountId|eyJ0eXAi|eyJhbGci/);
    }
  },
);

async function filesOf(folder: string): Promise<string[]> {
  return Promise.all((await filesIn(folder)).map(async (path) => readFile(path, 'latin1')));
}

async function valuesOf(url: string): Promise<string[]> {
  const client = createClient({ url });
  await client.connect();
  const names = await client.keys('*');
  const values = await Promise.all(names.map(async (name) => (await client.get(name)) ?? ''));
  client.destroy();
  return [...names, ...values];
}
