import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, type World } from './support/run-cli.js';
import { freshUser } from './support/signed-in-world.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

const trainer = () => emulator.app('trainer');
const principal = (): string[] => {
  const { clientId, tenantId } = trainer();
  return ['--client-id', clientId, '--tenant', tenantId];
};
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

/** Signs in as a person whose code is entered at once. */
const asAlice = (upn = 'alice@contoso'): Partial<World> => ({
  onStderr: (text) => {
    const code = /code ([A-Z0-9-]{6,})\./.exec(text)?.[1];
    if (code !== undefined) emulator.approveDeviceCode(code, upn);
  },
});

async function everyFile(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))).join(
    '\n',
  );
}

describe('aml-auth login', () => {
  it('as a service principal with a secret file: tokens come without variables, also of other resources', async () => {
    const env = await freshUser(emulator);
    const file = join(env['HOME'] ?? '', 'secret.txt');
    await writeFile(file, `${trainer().secret ?? ''}\r\n`);
    const args = ['login', ...principal(), '--client-secret-file', file, '--name', 'ci', '-o', 'json'];
    const { code, stdout, stderr } = await runCli(args, { env });
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^Signed in as .*called ci here\.\nTokens are kept in .*tier environment/),
    ]);
    expect(json(stdout)).toMatchObject({
      name: 'ci',
      method: 'clientSecret',
      clientId: trainer().clientId,
      storage: 'environment',
    });
    const token = await runCli(['token'], { env });
    expect([token.code, token.stdout]).toEqual([0, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)]);
    expect(json((await runCli(['whoami', '-o', 'json'], { env })).stdout)).toMatchObject({
      objectId: trainer().objectId,
    });
    const kept = await everyFile(env['HOME'] ?? '');
    expect(kept).not.toContain(token.stdout.trim());
    expect((await everyFile(env['AML_AUTH_CONFIG_DIR'] ?? '')).includes(trainer().secret ?? '?')).toBe(false);
  });

  it('with a secret from standard input: its tokens are kept and it is not', async () => {
    const env = await freshUser(emulator);
    const input = `${trainer().secret ?? ''}\n`;
    const signedIn = await runCli(['login', ...principal(), '--client-secret-file', '-'], { env, input });
    expect([signedIn.code, signedIn.stdout]).toEqual([0, '']);
    expect(signedIn.stderr).toContain('The secret is not kept');
    expect(await everyFile(env['HOME'] ?? '')).not.toContain(trainer().secret);
    expect((await runCli(['whoami'], { env })).code).toBe(0);
    const other = await runCli(['token', '--scope', 'https://graph.microsoft.com/.default'], { env });
    expect([other.code, other.stderr]).toEqual([
      4,
      expect.stringMatching(/AML_INTERACTION_REQUIRED[\s\S]*aml-auth login/),
    ]);
  });

  it('asks a person at a terminal for the secret, and never with --no-input', async () => {
    const env = await freshUser(emulator);
    const args = ['login', '--service-principal', ...principal()];
    const asked: string[] = [];
    const context = {
      mayAsk: true,
      askSecret: (question: string) => {
        asked.push(question);
        return Promise.resolve(trainer().secret ?? '');
      },
    };
    expect((await runCli(args, { env, context })).code).toBe(0);
    expect(asked).toEqual([expect.stringContaining(trainer().clientId)]);
    const silent = await runCli([...args, '--no-input'], { env, context });
    expect([silent.code, silent.stderr]).toEqual([2, expect.stringContaining('--client-secret-file')]);
    expect(asked).toHaveLength(1);
  });

  it('as a person with a code: stays signed in for other resources, after the token has expired too', async () => {
    const env = await freshUser(emulator);
    const login = await runCli(['login', '--device-code'], { env, ...asAlice() });
    expect(login.stderr).toMatch(/enter the code [\w-]+\. Only do so if you started this/);
    expect([login.code, login.stdout]).toEqual([0, '']);
    const graph = await runCli(['token', '--scope', 'https://graph.microsoft.com/.default'], { env });
    expect(graph.code).toBe(0);
    expect(json((await runCli(['whoami', '-o', 'json'], { env })).stdout)).toMatchObject({ kind: 'user' });
    emulator.revokeRefreshTokens('alice@contoso');
    const ended = await runCli(['token'], { env });
    expect([ended.code, ended.stderr]).toEqual([
      4,
      expect.stringContaining('Run: aml-auth login --device-code --name'),
    ]);
  });

  it('as a person in the browser', async () => {
    const env = await freshUser(emulator);
    const browser = join(env['HOME'] ?? '', 'browser.mjs');
    await writeFile(
      browser,
      `#!${process.execPath}\nimport { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(`${browser}.url`)}, process.argv[2]);\n`,
      { mode: 0o700 },
    );
    const signingIn = runCli(['login', '--browser'], { env: { ...env, BROWSER: browser, DISPLAY: ':0' } });
    await expect.poll(() => readFile(`${browser}.url`, 'utf8').catch(() => '')).toMatch(/^https/);
    const { url, fields } = await emulator.signIn({
      url: await readFile(`${browser}.url`, 'utf8'),
      upn: 'alice@contoso',
    });
    await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
    expect((await signingIn).code).toBe(0);
    expect((await runCli(['token'], { env })).code).toBe(0);
  });

  it('to the emulator that runs', async () => {
    const { ARM_CLOUD_METADATA_URL: _, ...env } = await freshUser(emulator);
    const folder = join(env['XDG_STATE_HOME'] ?? '', 'aml-auth', 'emulator', 'running');
    await mkdir(folder, { recursive: true });
    const clients = { node: emulator.clientEnv('node', 'trainer') };
    const ca = clients.node['NODE_EXTRA_CA_CERTS'] ?? '';
    const running = {
      version: 1,
      pid: process.pid,
      origin: emulator.origin,
      proxy: false,
      startedAt: '',
      ca,
      clients,
    };
    await writeFile(join(folder, '1.json'), JSON.stringify(running));
    expect((await runCli(['login', '--emulator'], { env })).code).toBe(0);
    expect(
      (await runCli(['workspace', 'list', '-o', 'tsv', '--query', 'workspaces[].name'], { env })).stdout,
    ).toBe('ws1\n');
    await rm(folder, { recursive: true });
    expect((await runCli(['whoami'], { env })).code).toBe(6);
  });

  it('names what is not kept where there is no key, and keeps it in the clear only when told to', async () => {
    const { AML_AUTH_CACHE_KEY: _, ...env } = await freshUser(emulator);
    const bare = { ...env, PATH: '', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };
    const input = trainer().secret ?? '';
    const args = ['login', ...principal(), '--client-secret-file', '-'];
    const clear = await runCli([...args, '--insecure-storage'], { env: bare, input });
    expect(clear.code).toBe(0);
    expect(clear.stderr).toMatch(/tier \w+/);
  });

  it.each([
    [['--browser', '--device-code'], '--browser and --device-code are different ways'],
    [['--managed-identity', '--client-secret-file', 'x'], 'are different ways'],
    [['--emulator', '--service-principal'], 'are different ways'],
    [['--certificate-file', 'x'], '--client-id'],
    [['--client-secret-file', 'x', '--client-id', 'nobody', '--tenant', 'contoso.com'], 'client-id'],
    [['--device-code', '--no-input'], '--no-input was given'],
    [['--object-id', 'x'], '--managed-identity'],
    [['--device-code', '--name', '../x'], 'is no name for an account'],
    [['--device-code', '--name', 'half of a character \ud800'], 'is no name for an account'],
    [['--client-secret', 's3cret-in-an-argument'], 'No flag registered for --client-secret'],
    [
      ['--client-id', '00000000-0000-0000-0000-000000000000', '--federated', 'file', '--tenant', 'a.b'],
      '--federated-token-file',
    ],
    [['--device-code', '--tenant', '"; rm -rf ~"'], 'tenant'],
    [['--device-code', '--cloud', 'http://evil.example'], 'https'],
  ])('refuses %j', async (args, hint) => {
    const { code, stderr, stdout } = await runCli(['login', ...args], { env: await freshUser(emulator) });
    expect([code === 2 || code === 4, stdout]).toEqual([true, '']);
    expect(stderr).toContain(hint);
    expect(stderr).not.toContain('s3cret');
  });

  it('ends at once when it is cancelled while it waits for a person', async () => {
    const env = await freshUser(emulator);
    const controller = new AbortController();
    const onStderr = (): void => {
      controller.abort();
    };
    const { code } = await runCli(['login', '--device-code'], { env, signal: controller.signal, onStderr });
    expect(code).toBe(130);
    expect(json((await runCli(['account', 'list', '-o', 'json'], { env })).stdout)).toEqual({ accounts: [] });
  });
});

describe('accounts', () => {
  /** Two accounts; a person takes five seconds, which is how often a device may ask. */
  async function two(second: 'application' | 'person' = 'application') {
    const env = await freshUser(emulator);
    const input = trainer().secret ?? '';
    await runCli(['login', ...principal(), '--client-secret-file', '-', '--name', 'first'], { env, input });
    if (second === 'person') {
      await runCli(['login', '--device-code', '--name', 'second'], { env, ...asAlice() });
    } else {
      const { clientId, tenantId, secret = '' } = emulator.app('auditor');
      const ids = ['--client-id', clientId, '--tenant', tenantId];
      await runCli(['login', ...ids, '--client-secret-file', '-', '--name', 'second'], {
        env,
        input: secret,
      });
    }
    return env;
  }

  it('are listed, switched, shown and named by --account', async () => {
    const env = await two();
    const table = (await runCli(['account', 'list'], { env })).stdout;
    expect(table).toMatch(/^ {3}NAME .*\n {3}first .*\n\* {2}second .*environment\n$/);
    const who = async (...more: string[]) =>
      json((await runCli(['whoami', '-o', 'json', ...more], { env })).stdout)['objectId'];
    expect(await who()).toBe(emulator.app('auditor').objectId);
    expect(await who('--account', 'first')).toBe(trainer().objectId);
    expect((await runCli(['account', 'switch'], { env })).stderr).toBe('The account is now first.\n');
    expect(await who()).toBe(trainer().objectId);
    const shown = json((await runCli(['account', 'show', '-o', 'json'], { env })).stdout);
    expect(shown).toMatchObject({ name: 'first', current: true, state: 'signedIn', storage: 'environment' });
    const missing = await runCli(['whoami', '--account', 'third'], { env });
    expect([missing.code, missing.stderr]).toEqual([6, expect.stringContaining('first, second')]);
  });

  it('that must sign in again are shown so, with exit code 4', async () => {
    const env = await two('person');
    emulator.revokeRefreshTokens('alice@contoso');
    await rm(env['AML_AUTH_CACHE_DIR'] ?? '', { recursive: true, force: true });
    const { code, stdout } = await runCli(['account', 'show', '-o', 'json'], { env });
    expect(code).toBe(4);
    expect(json(stdout)).toMatchObject({ state: 'failed', code: 'AML_INTERACTION_REQUIRED' });
  });

  it('are forgotten with all their tokens, and only theirs', async () => {
    const env = await two();
    const files = async () =>
      (await readdir(env['AML_AUTH_CACHE_DIR'] ?? '', { recursive: true })).filter((name) =>
        name.endsWith('.tok'),
      );
    const before = (await files()).length;
    expect((await runCli(['logout', 'second'], { env })).stderr).toBe('Signed out second.\n');
    expect((await files()).length).toBe(before / 2);
    expect((await runCli(['whoami'], { env })).code).toBe(0);
    expect((await runCli(['logout', '--all'], { env })).code).toBe(0);
    expect(await files()).toEqual([]);
    expect((await runCli(['whoami'], { env })).code).toBe(4);
    expect((await runCli(['logout'], { env })).code).toBe(6);
    expect((await runCli(['logout', 'x', '--all'], { env })).code).toBe(2);
  });

  it('have a subscription of their own', async () => {
    const env = await two();
    const { subscriptionId } = emulator.workspace();
    const listed = await runCli(['subscription', 'list', '-o', 'json', '--account', 'first'], { env });
    expect(listed.stderr).toBe('');
    expect(json(listed.stdout)).toMatchObject({ subscriptions: [{ subscriptionId }] });
    expect((await runCli(['subscription', 'set', subscriptionId, '--account', 'first'], { env })).code).toBe(
      0,
    );
    expect((await runCli(['subscription', 'set', 'nothing', '--account', 'first'], { env })).code).toBe(6);
    const shown = await runCli(['account', 'show', 'first', '-o', 'tsv', '--query', 'subscription'], { env });
    expect(shown.stdout).toBe(`${subscriptionId}\n`);
    const withoutFlag = ['workspace', 'show', 'ws1', '-g', 'rg-ml', '--account', 'first', '-o', 'none'];
    expect((await runCli(withoutFlag, { env })).code).toBe(0);
  });

  it('know their tenants', async () => {
    const { stdout } = await runCli(['tenant', 'list', '-o', 'json'], { env: await two() });
    expect(json(stdout)).toMatchObject({ tenants: [{ tenantId: trainer().tenantId }] });
  });

  it.each<[string, (file: string) => Promise<void>]>([
    ['is no JSON', (file) => writeFile(file, '{', { mode: 0o600 })],
    ['is of another version', (file) => writeFile(file, '{"version":2}', { mode: 0o600 })],
    [
      'sends tokens over http',
      (file) =>
        writeFile(
          file,
          JSON.stringify({
            version: 1,
            accounts: [
              {
                name: 'a',
                id: 'b',
                method: 'browser',
                source: {},
                signedInAt: 'x',
                cloud: { name: 'x', authorityHost: 'http://evil' },
              },
            ],
          }),
          { mode: 0o600 },
        ),
    ],
    [
      'may be written to by others',
      async (file) => {
        await writeFile(file, '{"version":1,"accounts":[]}');
        const { chmod } = await import('node:fs/promises');
        await chmod(file, 0o666);
      },
    ],
    [
      'is a link',
      async (file) => {
        await writeFile(`${file}.real`, '{"version":1,"accounts":[]}', { mode: 0o600 });
        await symlink(`${file}.real`, file);
      },
    ],
    ['is a pipe', (file) => promisify(execFile)('mkfifo', [file]).then(() => undefined)],
    ['is a folder', (file) => mkdir(file).then(() => undefined)],
    ['is large', (file) => writeFile(file, ' '.repeat(1_100_000), { mode: 0o600 })],
  ])('in a file that %s end the program with 8, naming the file', async (_what, make) => {
    const env = await freshUser(emulator);
    const folder = env['AML_AUTH_CONFIG_DIR'] ?? '';
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'accounts.json');
    await make(file);
    const { code, stderr } = await runCli(['account', 'list'], { env });
    expect([code, stderr]).toEqual([8, expect.stringContaining(file)]);
  });
});
