import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { builtInRoles } from '@aml-auth/permissions';
import { demoSeed, seededRandom, startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { generateHelpTextForAllCommands, type Application, type CommandContext } from '@stricli/core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { application } from '../../src/application.js';
import { AKS_SCOPE } from '../../src/commands/setup/kubectl/command.js';
import { runCli, wordsOf, type Outcome } from '../../test/support/run-cli.js';
import { entries, type Entry } from './entries.js';
import { writeFiles } from './files.js';
import { createNormaliser } from './normaliser.js';

const PAGE = '../../../../docs/cli-transcript.md';
/** Lines of output; of what is longer the beginning is shown. */
const LONGEST = 60;
const INTRODUCTION = `# Transcript of the command line

<!-- Made from real runs by \`pnpm transcript\`. Do not edit by hand. -->

Every command of \`aml-auth\`, run against the [emulator](../packages/emulator/README.md) and shown as it printed. What differs
between runs and machines is put in one form: times, ports, folders, and ids that are made on the way, which begin with
\`00000000\`. \`<secret>\` stands for every secret and token. What goes to standard error stands last.
`;

const commands = generateHelpTextForAllCommands(
  application('0.0.0') as unknown as Application<CommandContext>,
)
  .map(([route]) => route.replace('aml-auth ', ''))
  .sort((one, other) => other.length - one.length);
const all: readonly Entry[] = entries.map((entry) => (typeof entry === 'string' ? { line: entry } : entry));
const commandOf = ({ line }: Entry): string | undefined =>
  commands.find((command) => line === command || line.startsWith(`${command} `));

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  const [contoso, ...others] = demoSeed.tenants;
  const [dev, ...more] = demoSeed.subscriptions ?? [];
  const apps = (contoso?.apps ?? []).map((app) => ({
    ...app,
    graphPermissions: [...(app.graphPermissions ?? []), 'Policy.Read.All'],
  }));
  const blocked = {
    name: 'no auditor',
    users: ['app:auditor'],
    apps: ['machine-learning'],
    grant: 'block',
  } as const;
  const groups = (dev?.resourceGroups ?? []).map((group) => ({
    ...group,
    workspaces: (group.workspaces ?? []).map((workspace) => ({
      ...workspace,
      endpoints: [{ name: 'scoring', auth: 'key' as const, deployments: ['blue'], traffic: { blue: 100 } }],
    })),
  }));
  emulator = await startEmulator({
    random: seededRandom('transcript'),
    seed: {
      ...demoSeed,
      tenants: [{ ...contoso!, apps, conditionalAccess: [blocked] }, ...others],
      subscriptions: [{ ...dev!, resourceGroups: groups }, ...more],
    },
  });
  trustEmulator(emulator);
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-transcript-'));
  await writeFiles(folder, emulator);
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

it('has every command of the command line', () => {
  const run = new Set(all.map(commandOf));
  expect(commands.filter((command) => !run.has(command))).toEqual([]);
});

it('prints what docs/cli-transcript.md says ("pnpm transcript" writes it anew)', async () => {
  const ids = await idsOf();
  const normalise = createNormaliser({
    ids: JSON.stringify([emulator.snapshot(), builtInRoles, ids, AKS_SCOPE]),
    folders: { [folder]: '~' },
    secrets: ['trainer', 'platform-admin', 'auditor'].map((app) => emulator.app(app).secret ?? ''),
  });
  const parts: string[] = [INTRODUCTION];
  const unexpected: string[] = [];
  let section = '';
  for (const entry of all) {
    const line = entry.line.replaceAll(/\{([\w-]+)\}/g, (whole, name: string) => ids[name] ?? whole);
    const { code, stdout, stderr } = await run(entry, line);
    const said = shortened(normalise(`${stdout}${stderr}`))
      .replaceAll(/[ \t]+$/gm, '')
      .trimEnd();
    if (code !== (entry.code ?? 0)) unexpected.push(`${line} ended with ${code}: ${said}`);
    const [first = ''] = commandOf(entry)?.split(' ') ?? [];
    if (first !== section) parts.push(`## ${first}\n`);
    section = first;
    const lines = [
      `$ aml-auth ${normalise(line)}`,
      ...(said === '' ? [] : [said]),
      ...(code === 0 ? [] : [`(exit code ${code})`]),
    ];
    parts.push(`\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`);
  }
  expect(unexpected).toEqual([]);
  await expect(parts.join('\n')).toMatchFileSnapshot(PAGE);
});

/** Nobody reads a long script in a transcript. */
function shortened(text: string): string {
  const lines = text.split('\n');
  return lines.length <= LONGEST
    ? text
    : [...lines.slice(0, 12), `(${lines.length - 12} more lines)`].join('\n');
}

async function idsOf(): Promise<Readonly<Record<string, string>>> {
  const listed = await run({ line: '' }, 'ca list -o json');
  const { policies } = JSON.parse(listed.stdout) as { policies: readonly { id: string }[] };
  return {
    tenant: emulator.tenant().id,
    subscription: emulator.subscription().id,
    trainer: emulator.app('trainer').clientId,
    'trainer-object': emulator.app('trainer').objectId,
    workspace: emulator.workspace().id,
    vm: emulator.host('vm').resourceId ?? '',
    policy: policies[0]?.id ?? '',
    folder,
  };
}

async function run({ as, input = '', until }: Entry, line: string): Promise<Outcome> {
  const own = as === 'nobody' ? [] : Object.entries(emulator.env(as ?? 'platform-admin'));
  const ended = new AbortController();
  const end = (text: string): void => {
    if (until?.test(text) === true) ended.abort();
  };
  // Scripts for shells are printed by a library of its own.
  let logged = '';
  const log = vi
    .spyOn(console, 'log')
    .mockImplementation((text: unknown) => void (logged += `${String(text)}\n`));
  const outcome = await runCli(wordsOf(line), {
    cwd: folder,
    input,
    signal: ended.signal,
    onStderr: end,
    env: {
      ...Object.fromEntries(own.filter(([name]) => /^(AZURE_|AZUREML_)/.test(name))),
      PATH: dirname(process.execPath),
      HOME: folder,
      XDG_STATE_HOME: join(folder, 'state'),
      AML_AUTH_CONFIG_DIR: join(folder, 'config'),
      AML_AUTH_CACHE_DIR: join(folder, 'cache'),
      AML_AUTH_CACHE_KEY: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      ARM_CLOUD_METADATA_URL: emulator.env()['ARM_CLOUD_METADATA_URL'] ?? '',
    },
  }).finally(() => log.mockRestore());
  return { ...outcome, stdout: `${logged}${outcome.stdout}` };
}
