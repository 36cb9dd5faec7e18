import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoSeed, startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseCli, runCli, type Outcome, type World } from './support/run-cli.js';
import { freshUser } from './support/signed-in-world.js';

let emulator: Emulator;
beforeAll(async () => {
  const subscriptions = structuredClone(demoSeed.subscriptions ?? []).map((subscription) => ({
    ...subscription,
    resourceGroups: subscription.resourceGroups?.map((group) => ({
      ...group,
      workspaces: group.workspaces?.map((workspace) => ({
        ...workspace,
        endpoints: [
          {
            name: 'by-key',
            auth: 'key' as const,
            deployments: ['blue', 'green'],
            keys: { primary: 'primary-key-of-the-emulator-x', secondary: 'secondary-key-of-the-emulator' },
          },
          { name: 'by-token', auth: 'aml-token' as const },
          { name: 'by-entra', auth: 'aad-token' as const },
        ],
      })),
    })),
  }));
  emulator = await startEmulator({ seed: { ...demoSeed, subscriptions } });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

async function run(args: string[], more: World = {}, app = 'trainer'): Promise<Outcome> {
  const env = { ...(await freshUser(emulator)), ...emulator.env(app) };
  return runCli(['endpoint', ...args], { env, ...more });
}

describe('aml-auth endpoint score', () => {
  it.each(['by-key', 'by-token', 'by-entra'])('calls %s with what it asks for', async (name) => {
    const outcome = await run(['score', name, '--data', '{"rows": [1.0, 12345678901234567890]}']);
    expect(outcome).toEqual({ code: 0, stdout: '{"rows": [1.0, 12345678901234567890]}', stderr: '' });
  });

  it('takes a file or standard input, and says which deployment has answered', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'aml-auth-score-'));
    onTestFinished(() => rm(cwd, { recursive: true, force: true }));
    await writeFile(join(cwd, 'in.csv'), 'a,b\n');
    const named = ['--deployment', 'green', '--show-deployment', '--content-type', 'text/csv'];
    const file = await run(['score', 'by-key', 'in.csv', ...named], { cwd });
    expect([file.stdout, file.stderr]).toEqual([
      'a,b\n',
      expect.stringMatching(/^deployment green, request \S+\n$/),
    ]);
    expect((await run(['score', 'by-key', '-'], { input: '[3]', columns: 80 })).stdout).toBe('[3]\n');
  });

  it.each<[string[], string]>([
    [['by-key'], 'not given'],
    [['by-key', '-', '--data', '1'], 'given twice'],
    [['by-key', '--data', '{'], 'not JSON'],
    [['by-key', 'no-such-file'], 'ENOENT'],
    [['by-key', '--data', '1', '--time-limit', 'soon'], 'span of time'],
    [['by-key', '--data', '1', '--deployment', 'a\r\nb'], 'deployment'],
    [['../x', '--data', '1'], '../x'],
  ])('sends nothing for %j', async (args, hint) => {
    const scored = () => emulator.requests.filter(({ path }) => path.includes('/score')).length;
    const before = scored();
    const { code, stdout, stderr } = await run(['score', ...args]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(hint)]);
    expect(scored()).toBe(before);
  });

  it('ends with the code of the failure, and never with a key on a stream', async () => {
    expect((await run(['score', 'nothing', '--data', '1'])).code).toBe(6);
    expect((await run(['score', 'by-key', '--data', '1'], {}, 'auditor')).code).toBe(5);
    emulator.faults.add({ match: { path: '/**/score' }, do: { status: 424, body: 'a fault in score.py' } });
    const failed = await run(['score', 'by-key', '--data', '1']).finally(() => emulator.faults.clear());
    expect([failed.code, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toContain('a fault in score.py');
    expect(failed.stderr).not.toContain('key-of-the-emulator');
  });
});

describe('aml-auth endpoint list and show', () => {
  it('say what is needed to call one, and no key', async () => {
    const listed = await run(['list', '-o', 'tsv', '--query', 'endpoints[].[name, properties.authMode]']);
    expect(listed.stdout.trim().split('\n').sort()).toEqual([
      'by-entra\tAADToken',
      'by-key\tKey',
      'by-token\tAMLToken',
    ]);
    expect((await run(['list'])).stdout).toMatch(/^NAME +AUTH .*\n.*by-key +Key .*blue 100%.*https:\/\//s);
    const shown = await run(['show', 'by-key']);
    expect(shown.stdout).toMatch(/deployments +blue, green/);
    const json = (await run(['show', 'by-key', '-o', 'json'])).stdout;
    expect(JSON.parse(json)).toMatchObject({ name: 'by-key', deployments: [{ name: 'blue' }, {}] });
    expect(json + shown.stdout).not.toContain('key-of-the-emulator');
  });
});

it.each<[string, Record<string, unknown>, unknown[]]>([
  ['endpoint list -w ml -g rg', { workspace: 'ml', resourceGroup: 'rg' }, []],
  ['endpoint show a -w ml', { workspace: 'ml', output: 'table' }, ['a']],
  [
    'endpoint score a in.json --retry always --time-limit 90s -d x',
    { retry: 'always', timeLimit: '90s', data: 'x', showDeployment: false },
    ['a', 'in.json'],
  ],
])('%s is parsed', async (line, flags, args) => {
  const parsed = await parseCli(line.split(' '));
  expect(parsed?.flags).toMatchObject(flags);
  expect(parsed?.args).toEqual(args);
});
