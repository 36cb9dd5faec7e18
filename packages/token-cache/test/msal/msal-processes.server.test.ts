import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startEmulator } from '@aml-auth/emulator';
import { hasRedisServer, startRedisServer } from '@aml-auth/testkit/redis';
import { createClient } from 'redis';
import { expect, it, onTestFinished } from 'vitest';

const HOOKS = new URL('support/source-hooks.mjs', import.meta.url).href;
const PROCESS = fileURLToPath(new URL('support/process.ts', import.meta.url));

interface Line {
  readonly userCode?: string;
  readonly username?: string;
  readonly fromCache?: boolean;
}

/** Runs the process to its end; gives its last line. */
async function run(args: readonly string[], ca: string, onLine: (line: Line) => void): Promise<Line> {
  const child = spawn(
    process.execPath,
    ['--conditions=@aml-auth/source', `--import=${HOOKS}`, PROCESS, ...args],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_EXTRA_CA_CERTS: ca } },
  );
  let last: Line = {};
  createInterface(child.stdout).on('line', (text) => {
    last = JSON.parse(text) as Line;
    onLine(last);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
  return last;
}

it.skipIf(!hasRedisServer())(
  'keeps a person signed in in another process, with nothing in the clear',
  async () => {
    const emulator = await startEmulator({
      seed: { tenants: [{ name: 'contoso', users: [{ upn: 'alice@contoso' }] }] },
    });
    onTestFinished(() => emulator.close());
    const server = await startRedisServer();
    onTestFinished(() => server.close());
    const shared = [server.url, randomBytes(32).toString('base64url'), emulator.origin, emulator.tenant().id];
    const ca = emulator.env()['NODE_EXTRA_CA_CERTS'] ?? '';
    const approve = ({ userCode }: Line): void => {
      if (userCode !== undefined) emulator.approveDeviceCode(userCode, 'alice@contoso');
    };

    const username = 'alice@contoso.onmicrosoft.com';
    expect(await run(['sign-in', ...shared], ca, approve)).toEqual({ username, fromCache: true });
    // Another resource: only the refresh token that the first process left can give this one.
    expect(await run(['silent', ...shared], ca, approve)).toEqual({ username, fromCache: false });
    expect(await run(['silent', ...shared], ca, approve)).toEqual({ username, fromCache: true });

    const client = createClient({ url: server.url });
    await client.connect();
    const names = await client.keys('*');
    const values = await Promise.all(names.map((name) => client.get(name)));
    client.destroy();
    expect(names.length).toBeGreaterThan(4);
    for (const text of [...names, ...values]) {
      const clear = `${String(text)}\n${Buffer.from(String(text), 'base64url').toString('latin1')}`;
      expect(clear).not.toMatch(/alice|RefreshToken|homeAccountId|eyJ0eXAi|eyJhbGci/);
    }
  },
);
