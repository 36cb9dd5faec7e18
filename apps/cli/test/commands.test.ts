import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicCloud } from '@aml-auth/core';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { application } from '../src/application.js';
import { restTarget } from '../src/commands/rest/rest-target.js';
import { complete } from '../src/complete.js';
import type { CliContext } from '../src/context.js';
import { parseCli, runCli, type World } from './support/run-cli.js';
import { freshUser } from './support/signed-in-world.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

const json = (text: string) => JSON.parse(text) as Record<string, unknown>;
const as = async (app: string): Promise<World & { env: Record<string, string> }> => ({
  env: { ...(await freshUser(emulator)), ...emulator.env(app) },
});
async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

describe('aml-auth cache', () => {
  it('lists tokens without the tokens, verifies, seals and forgets them', async () => {
    const world = await as('trainer');
    const token = (await runCli(['token'], world)).stdout.trim();
    const listed = await runCli(['cache', 'list', '-o', 'json'], world);
    expect(json(listed.stdout)).toMatchObject({
      tier: 'environment',
      entries: [{ scopes: ['https://ml.azure.com/.default'], expired: false }],
    });
    expect(listed.stdout).not.toContain(token);
    expect((await runCli(['cache', 'list'], world)).stdout).toMatch(
      /^SCOPE .*\nhttps:\/\/ml\.azure\.com\/\.default .*valid\n$/,
    );
    expect(json((await runCli(['cache', 'verify', '-o', 'json'], world)).stdout)).toEqual({
      readable: 1,
      expired: 0,
      problems: [],
      abandoned: [],
    });
    expect((await runCli(['cache', 'migrate'], world)).stderr).toBe(
      'Sealed 1 (tier environment); 0 are expired or cannot be read.\n',
    );
    expect((await runCli(['cache', 'clear', '--expired'], world)).stderr).toBe('Forgot 0 tokens.\n');
    expect((await runCli(['cache', 'clear', '--tenant', 'other'], world)).stderr).toBe('Forgot 0 tokens.\n');
    expect((await runCli(['cache', 'clear'], world)).stderr).toBe('Forgot 1 token.\n');
  });

  it('ends with 8 where a file is damaged, and names it', async () => {
    const world = await as('trainer');
    await runCli(['token'], world);
    const cache = world.env['AML_AUTH_CACHE_DIR'] ?? '';
    const [name = ''] = (await readdir(cache, { recursive: true })).filter((file) => file.endsWith('.tok'));
    await writeFile(join(cache, name), 'damaged');
    const { code, stdout } = await runCli(['cache', 'verify'], world);
    expect([code, stdout]).toEqual([8, expect.stringContaining(name)]);
    expect((await runCli(['token'], world)).code).toBe(0);
  });
});

describe('aml-auth config', () => {
  it('sets, shows with origins, and takes back; a project goes before the user, and a variable before both', async () => {
    const { env } = await as('trainer');
    const { AZUREML_ARM_WORKSPACE_NAME: _, ...bare } = env;
    const cwd = await folder();
    const below = join(cwd, 'below');
    await mkdir(below);
    const run = (args: string[], more: Record<string, string> = {}) =>
      runCli(['config', ...args], { env: { ...bare, ...more }, cwd: below });
    expect((await run(['set', 'workspace', 'mine'])).stderr).toMatch(/^Wrote .*config\.json\.\n$/);
    const value = async (more?: Record<string, string>) =>
      json(
        (await run(['list', '--show-origin', '-o', 'json', '--query', 'settings.workspace'], more)).stdout,
      );
    expect(await value()).toMatchObject({ value: 'mine', origin: 'user' });
    await runCli(['config', 'set', 'workspace', 'ours', '--project'], { env: bare, cwd });
    expect(await value()).toMatchObject({
      value: 'ours',
      origin: 'project',
      place: join(cwd, '.aml-auth.json'),
    });
    expect(await value({ AZUREML_ARM_WORKSPACE_NAME: 'job' })).toMatchObject({
      value: 'job',
      origin: 'environment',
    });
    await runCli(['config', 'unset', 'workspace', '--project'], { env: bare, cwd });
    expect(await value()).toMatchObject({ value: 'mine', origin: 'user' });
    expect((await run(['list'])).stdout).toMatch(/workspace +mine\n/);
  });

  it('is used by commands', async () => {
    const { env } = await as('trainer');
    const { AZUREML_ARM_WORKSPACE_NAME: _, ...bare } = env;
    await runCli(['config', 'set', 'workspace', 'ws1'], { env: bare });
    expect((await runCli(['workspace', 'show', '-o', 'none'], { env: bare })).code).toBe(0);
  });

  it.each([
    [{ cloud: 'https://evil.example' }, 'sets cloud, which a file of a project may not'],
    [{ authorityHost: 'https://evil.example' }, 'authorityHost'],
    [{ proxy: 'http://evil.example' }, 'proxy'],
    [{ azPath: '/opt/az' }, 'azPath'],
    [{ lang: 'ko' }, 'lang'],
    [{ subscription: 'x' }, 'subscription'],
    [{ workspace: 'a/../b' }, 'workspace'],
    [{ __proto_: {} }, '__proto_'],
  ])('refuses the project file %j, and asks nobody', async (content, hint) => {
    const world = await as('trainer');
    const cwd = await folder();
    await writeFile(join(cwd, '.aml-auth.json'), `\ufeff${JSON.stringify(content)}`);
    const before = emulator.requests.length;
    const { code, stderr } = await runCli(['whoami'], { ...world, cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining(hint)]);
    expect(emulator.requests.length).toBe(before);
  });

  it.each([
    [['set', 'clientSecret', 'x'], 'no setting clientSecret'],
    [['set', 'cloud', 'http://x', '--project'], 'for projects'],
    [['set', 'lang', 'fr'], 'lang'],
    [['set', 'subscription', 'x'], 'subscription'],
    [['unset', 'nothing'], 'no setting nothing'],
  ])('refuses %j', async (args, hint) => {
    const { code, stderr } = await runCli(['config', ...args], await as('trainer'));
    expect([code, stderr]).toEqual([2, expect.stringContaining(hint)]);
  });

  it('goes on without a home', async () => {
    const { env } = await as('trainer');
    const { HOME: _h, AML_AUTH_CONFIG_DIR: _c, AML_AUTH_CACHE_DIR: _d, ...homeless } = env;
    for (const HOME of ['', '/']) {
      expect((await runCli(['token'], { env: { ...homeless, HOME, XDG_CACHE_HOME: '/nowhere' } })).code).toBe(
        0,
      );
    }
  });
});

describe('aml-auth rest', () => {
  it('calls the Resource Manager, page by page with --all', async () => {
    const world = await as('auditor');
    const { subscriptionId } = emulator.workspace();
    const one = await runCli(
      ['rest', `/subscriptions/${subscriptionId}`, '--api-version', '2022-12-01'],
      world,
    );
    expect(json(one.stdout)).toMatchObject({ subscriptionId });
    const all = [
      'rest',
      '/subscriptions?api-version=2022-12-01',
      '--all',
      '-o',
      'tsv',
      '--query',
      'items[].subscriptionId',
    ];
    expect((await runCli(all, world)).stdout).toBe(`${subscriptionId}\n`);
  });

  it('sends a body from standard input, and Azure’s refusal is an error', async () => {
    const world = await as('auditor');
    const { subscriptionId } = emulator.workspace();
    const path = `/subscriptions/${subscriptionId}/resourceGroups/new`;
    const args = ['rest', path, '-X', 'PUT', '--api-version', '2021-04-01', '--body', '-'];
    const refused = await runCli(args, { ...world, input: '{"location":"westeurope"}' });
    expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining('AML_FORBIDDEN')]);
    const garbage = await runCli(args, { ...world, input: 'no JSON' });
    expect([garbage.code, garbage.stderr]).toEqual([2, expect.stringContaining('is not JSON')]);
  });

  it('calls Microsoft Graph', async () => {
    const { stdout, stderr } = await runCli(
      ['rest', `${emulator.cloud.graph.endpoint}/v1.0/organization`],
      await as('platform-admin'),
    );
    expect([stderr, JSON.stringify(json(stdout))]).toEqual(['', expect.stringContaining('value')]);
  });

  it.each([
    ['https://evil.example/x', 'AML_UNTRUSTED_HOST'],
    ['http://management.azure.com/x', 'AML_UNTRUSTED_HOST'],
    ['https://management.azure.com@evil.example/x', 'AML_UNTRUSTED_HOST'],
    ['https://user:pass@management.azure.com/x', 'AML_UNTRUSTED_HOST'],
    ['https://management.azure.com.evil.example/x', 'AML_UNTRUSTED_HOST'],
    ['https://management.azure.com:444/x', 'AML_UNTRUSTED_HOST'],
    ['//evil.example/x', 'AML_CONFIG_INVALID'],
    ['file:///etc/passwd', 'AML_UNTRUSTED_HOST'],
    ['x', 'AML_CONFIG_INVALID'],
    ['/subscriptions', 'AML_CONFIG_INVALID'],
  ])('sends no token to %s', (address, code) => {
    expect(() => restTarget(address, publicCloud, { all: false })).toThrow(
      expect.objectContaining({ code }) as Error,
    );
  });
});

describe('aml-auth compute', () => {
  it('lists, shows, makes, stops and starts computes', async () => {
    const world = await as('platform-admin');
    const run = (...args: string[]) => runCli(['compute', ...args], world);
    expect((await run('list')).stdout).toMatch(/^NAME +TYPE.*\ncpu +AmlCompute/);
    const made = await run(
      'create',
      'vm1',
      '--kind',
      'instance',
      '--size',
      'STANDARD_DS3_V2',
      '--system-identity',
      '-o',
      'json',
    );
    expect([made.code, made.stderr]).toEqual([0, '']);
    expect(json(made.stdout)).toMatchObject({ name: 'vm1', identity: { type: 'SystemAssigned' } });
    expect((await run('stop', 'vm1')).code).toBe(0);
    expect((await run('start', 'vm1', '--no-wait')).code).toBe(0);
    expect((await run('show', 'vm1', '-o', 'tsv', '--query', 'properties.computeType')).stdout).toBe(
      'ComputeInstance\n',
    );
    expect((await run('show', 'nothing')).code).toBe(6);
    expect((await run('create', 'x', '--size', 's', '--min-nodes', '3', '--max-nodes', '2')).code).toBe(2);
  });
});

describe('aml-auth workspace config', () => {
  it('writes the file that the Python SDKs read, and explains what counts', async () => {
    const world = { ...(await as('trainer')), cwd: await folder() };
    const {
      AZUREML_ARM_SUBSCRIPTION: _s,
      AZUREML_ARM_RESOURCEGROUP: _r,
      AZUREML_ARM_WORKSPACE_NAME: _w,
      ...outside
    } = world.env;
    const written = await runCli(['workspace', 'config', '-o', 'json'], world);
    const { file } = json(written.stdout) as { file: string };
    expect(json(await readFile(file, 'utf8'))).toMatchObject({
      workspace_name: 'ws1',
      resource_group: 'rg-ml',
    });
    const explained = await runCli(['workspace', 'config', '--explain', '-o', 'json'], {
      ...world,
      env: outside,
    });
    expect(json(explained.stdout)).toMatchObject({
      used: { place: file, workspace: { workspaceName: 'ws1' } },
    });
    const nowhere = await runCli(['workspace', 'config', '--explain'], { env: outside, cwd: await folder() });
    expect(nowhere.code).toBe(6);
  });
});

describe('completion', () => {
  async function proposals(...words: string[]): Promise<readonly string[]> {
    let text = '';
    const stdout = { write: (part: string) => void (text += part) };
    const context = { process: { stdout, env: {} } } as unknown as CliContext;
    await complete(application('0.0.0'), words, context);
    const lines = text.trimEnd().split('\n');
    expect(lines.pop()).toBe(':4');
    return lines.map((line) => line.split('\t')[0] ?? '');
  }

  it('proposes commands, options and values', async () => {
    expect(await proposals('acc')).toEqual(['account', 'access']);
    expect(await proposals('acco')).toEqual(['account']);
    expect(await proposals('account', '')).toEqual(expect.arrayContaining(['list', 'show', 'switch']));
    expect(await proposals('token', '--min')).toContain('--min-ttl');
    expect(await proposals('token', '--format', 'exec')).toEqual(['execcredential']);
    expect(await proposals('completion', 'z')).toEqual(['zsh']);
    expect(await proposals()).toContain('login');
    expect(await proposals('nothing', 'x')).toEqual([]);
  });
});

it.each<[string, Record<string, unknown>, unknown[]]>([
  ['cache list -o json', { output: 'json' }, []],
  ['cache clear --expired -t a --client-id b', { expired: true, tenant: 'a', clientId: 'b' }, []],
  ['cache verify', { output: 'table' }, []],
  ['cache migrate --rotate', { rotate: true }, []],
  ['config list --show-origin', { showOrigin: true }, []],
  ['config set a b --project', { project: true }, ['a', 'b']],
  ['config unset a', { project: false }, ['a']],
  ['completion pwsh', {}, ['powershell']],
  [
    'rest /x -X POST --body - --api-version 1 --all',
    { method: 'POST', body: '-', apiVersion: '1', all: true, output: 'json' },
    ['/x'],
  ],
  ['compute list -w ml', { workspace: 'ml' }, []],
  ['compute show a -w ml', { workspace: 'ml' }, ['a']],
  [
    'compute create a --size s --max-nodes 4 --identity b --identity c',
    { size: 's', maxNodes: 4, kind: 'cluster', identity: ['b', 'c'], wait: true },
    ['a'],
  ],
  ['compute start a --no-wait', { wait: false }, ['a']],
  ['compute stop a', { wait: true }, ['a']],
  ['workspace config ml --path p --explain', { path: 'p', explain: true }, ['ml']],
])('%s is parsed', async (line, flags, args) => {
  const parsed = await parseCli(line.split(' '));
  expect(parsed?.flags).toMatchObject(flags);
  expect(parsed?.args.filter((arg) => arg !== undefined)).toEqual(args);
});
