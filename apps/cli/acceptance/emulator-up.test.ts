import { execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { amlAuth, start } from './support/aml-auth.js';

const exec = promisify(execFile);

interface Started {
  readonly origin: string;
  readonly inspector: string;
  readonly proxy: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly clients: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

let home: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await end(child);
});
afterAll(() => rm(home, { recursive: true }));

const env = (): Record<string, string> => ({ XDG_STATE_HOME: home, TMPDIR: home });
const running = (): string => join(home, 'aml-auth', 'emulator', 'running');

async function end(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill('SIGTERM');
  return (await once(child, 'exit'))[0];
}

/** Starts an emulator and reads what it says until `done` is content. */
async function up(args: string[], done: (text: string) => boolean): Promise<string> {
  const child = start(['emulator', 'up', ...args], { env: env() });
  children.push(child);
  let text = '';
  child.stdout?.setEncoding('utf8');
  for await (const part of child.stdout!.iterator({ destroyOnReturn: false })) {
    text += part as string;
    if (done(text)) break;
  }
  return text;
}

const upAsJson = async (...args: string[]): Promise<Started> =>
  JSON.parse(await up(['-o', 'json', ...args], (text) => text.endsWith('}\n'))) as Started;

describe('aml-auth emulator up', () => {
  it('prints a block for each kind of program, which a shell takes', async () => {
    const text = await up([], (so) => so.includes('# Terraform') && so.endsWith('\n\n'));
    const blocks = text.trim().split('\n\n');
    expect(blocks.map((block) => /^# ([\w. ]+)/.exec(block)?.[1])).toEqual([
      'Node.js',
      'Azure CLI',
      'Python',
      'Java',
      'Terraform',
    ]);
    const script = `${blocks[0]}\necho "$AZURE_AUTHORITY_HOST"`;
    const { stdout } = await exec('sh', ['-c', script]);
    expect(stdout).toMatch(/^https:\/\/localhost:\d+\n$/);
  });

  it('prints an environment in which other programs are signed in, and ends on a signal', async () => {
    const { origin, env: variables, clients } = await upAsJson();
    expect(variables['AZURE_AUTHORITY_HOST']).toBe(origin);
    expect(clients['node']).toMatchObject({ AZURE_AUTHORITY_HOST: origin });
    const other = await amlAuth(['workspace', 'show'], { env: variables });
    expect([other.code, other.stderr]).toEqual([0, '']);
    expect(await end(children[0]!)).toBe(0);
    expect(await readdir(running())).toEqual([]);
  });

  it('with --proxy stands in for the addresses of Azure', async () => {
    const { clients, proxy } = await upAsJson('--proxy');
    expect(proxy).toBe(true);
    expect(clients['az']).toHaveProperty('HTTPS_PROXY');
    const other = await amlAuth(['workspace', 'show'], { env: clients['node'] ?? {} });
    expect([other.code, other.stderr]).toEqual([0, '']);
  });

  it('keeps its authority with --keep, and nothing but its address without', async () => {
    await upAsJson();
    expect(await readdir(join(home, 'aml-auth', 'emulator'))).toEqual(['running']);
    const first = await upAsJson('--keep');
    const second = await upAsJson('--keep');
    const ca = first.env['NODE_EXTRA_CA_CERTS'] ?? '';
    expect(ca).toBe(join(home, 'aml-auth', 'emulator', 'ca.pem'));
    expect(second.env['NODE_EXTRA_CA_CERTS']).toBe(ca);
    await rm(join(home, 'aml-auth'), { recursive: true });
  });

  it('hides from others what it tells the other commands', async () => {
    await upAsJson();
    const [file = ''] = await readdir(running());
    expect((await stat(running())).mode & 0o777).toBe(0o700);
    expect((await stat(join(running(), file))).mode & 0o777).toBe(0o600);
  });
});

describe('aml-auth emulator env', () => {
  it.each(['node', 'az', 'python', 'java', 'terraform'])('prints the variables of %s', async (client) => {
    const { clients } = await upAsJson();
    const { code, stdout } = await amlAuth(['emulator', 'env', '--client', client, '--format', 'json'], {
      env: env(),
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(clients[client]);
  });

  it('prints what a shell takes', async () => {
    const { clients } = await upAsJson();
    const { stdout } = await amlAuth(['emulator', 'env', '--client', 'az'], { env: env() });
    const { stdout: value } = await exec('sh', ['-c', `${stdout}\nprintf %s "$AZURE_CONFIG_DIR"`]);
    expect(value).toBe(clients['az']?.['AZURE_CONFIG_DIR']);
  });

  it('prints what PowerShell takes', async () => {
    await upAsJson();
    const { stdout } = await amlAuth(['emulator', 'env', '--format', 'powershell'], { env: env() });
    expect(stdout).toMatch(/^\$env:AZURE_TENANT_ID = '[0-9a-f-]{36}'$/m);
  });

  it('says that none is running, also after one was killed', async () => {
    await upAsJson();
    const [child] = children;
    child?.kill('SIGKILL');
    await once(child!, 'exit');
    const { code, stderr } = await amlAuth(['emulator', 'env'], { env: env() });
    expect(code).toBe(6);
    expect(stderr).toContain('No emulator of this user is running.');
    expect(stderr).toContain('aml-auth emulator up');
    expect(await readdir(running())).toEqual([]);
  });

  it('wants to know which one where there are two', async () => {
    const first = await upAsJson();
    await upAsJson('--proxy');
    const { code, stderr } = await amlAuth(['emulator', 'env'], { env: env() });
    expect(code).toBe(2);
    expect(stderr).toContain(first.origin);
    const { stdout } = await amlAuth(['emulator', 'env', '--url', first.origin, '--format', 'json'], {
      env: env(),
    });
    expect(JSON.parse(stdout)).toEqual(first.clients['node']);
    expect((await amlAuth(['emulator', 'env', '--url', 'https://localhost:1'], { env: env() })).code).toBe(6);
  });

  it('takes a file that is none of its own for nothing', async () => {
    await mkdir(running(), { recursive: true });
    await writeFile(join(running(), '1.json'), '{"version":1}');
    expect((await amlAuth(['emulator', 'env'], { env: env() })).code).toBe(6);
  });
});

describe('aml-auth emulator ca path', () => {
  it('names the file of the emulator that is running', async () => {
    const { clients } = await upAsJson();
    const { stdout } = await amlAuth(['emulator', 'ca', 'path'], { env: env() });
    expect(stdout).toBe(`${clients['node']?.['NODE_EXTRA_CA_CERTS']}\n`);
  });

  it('makes the authority that --keep uses where none is running', async () => {
    const { stdout } = await amlAuth(['emulator', 'ca', 'path', '-o', 'json'], { env: env() });
    const { ca, bundle, truststore, running: isRunning } = JSON.parse(stdout) as Record<string, string>;
    expect(isRunning).toBe(false);
    expect(await readFile(ca!, 'utf8')).toContain('BEGIN CERTIFICATE');
    for (const file of [bundle, truststore]) expect((await stat(file!)).size).toBeGreaterThan(1000);
    const { env: variables } = await upAsJson('--keep');
    expect(variables['NODE_EXTRA_CA_CERTS']).toBe(ca);
  });
});
