import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCli, runCli } from './support/run-cli.js';
import { freshUser } from './support/signed-in-world.js';

const ML = 'Microsoft.MachineLearningServices/workspaces';
const PRINCIPAL = '11111111-1111-4111-8111-111111111111';
const SCOPE = '/subscriptions/00000000-0000-0000-0000-000000000000';

let emulator: Emulator;
let cwd: string;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
  cwd = await mkdtemp(join(tmpdir(), 'aml-auth-access-'));
  const reader = {
    id: 'a',
    scope: SCOPE,
    principalId: PRINCIPAL,
    roleDefinitionId: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  };
  await writeFile(join(cwd, 'access.json'), JSON.stringify({ roleAssignments: [reader] }));
});
afterAll(async () => {
  await emulator.close();
  await rm(cwd, { recursive: true });
});

const json = (text: string) => JSON.parse(text) as Record<string, unknown>;
async function as(app: string) {
  return { cwd, env: { ...(await freshUser(emulator)), ...emulator.env(app) } };
}

describe('can, who-can and what-can', () => {
  it('answer from what Azure says, with the reason and an exit code', async () => {
    const world = await as('auditor');
    const own = await runCli(['can', `${ML}/read`], world);
    expect([own.code, own.stdout]).toEqual([0, expect.stringMatching(/^Allowed.*Reader/s)]);
    const trainer = emulator.app('trainer').objectId;
    const refused = await runCli(['can', `${ML}/delete`, '--principal', trainer, '-o', 'json'], world);
    expect(refused.code).toBe(5);
    expect(json(refused.stdout)).toMatchObject({ verdict: 'notAllowed', request: { principalId: trainer } });
    const who = json((await runCli(['who-can', `${ML}/delete`, '-o', 'json'], world)).stdout);
    const { objectId } = emulator.app('platform-admin');
    expect(who['principals']).toContainEqual(
      expect.objectContaining({ principalId: objectId, verdict: 'allowed', role: 'Owner' }),
    );
    const what = json((await runCli(['what-can', '-o', 'json'], world)).stdout);
    expect(what['allowed']).toContain(`${ML}/read`);
    expect(what['notAllowed']).toContain(`${ML}/delete`);
    const table = await runCli(['what-can'], world);
    expect(table.stdout).toMatch(/^OPERATION +VERDICT\n/);
    expect(table.stdout).not.toContain(`${ML}/delete`);
  });

  it('answer from a file, and ask nobody', async () => {
    const before = emulator.requests.length;
    const from = ['--snapshot', 'access.json', '--scope', SCOPE, '--principal', PRINCIPAL];
    expect((await runCli(['can', `${ML}/read`, ...from], { cwd })).code).toBe(0);
    expect((await runCli(['can', `${ML}/delete`, ...from], { cwd })).code).toBe(5);
    const who = await runCli(
      ['who-can', `${ML}/read`, ...from.slice(0, 4), '-o', 'tsv', '--query', 'principals[].role'],
      { cwd },
    );
    expect(who.stdout).toBe('Reader\n');
    expect(emulator.requests.length).toBe(before);
  });

  it.each([
    [
      ['can', 'delete it', '--snapshot', 'access.json', '--scope', SCOPE, '--principal', PRINCIPAL],
      'not an operation',
    ],
    [
      ['can', `${ML}/*`, '--snapshot', 'access.json', '--scope', SCOPE, '--principal', PRINCIPAL],
      'not an operation',
    ],
    [['can', `${ML}/read`, '--snapshot', 'access.json', '--principal', PRINCIPAL], 'scope'],
    [['can', `${ML}/read`, '--snapshot', 'access.json', '--scope', SCOPE], '--principal'],
    [
      ['can', `${ML}/read`, '--snapshot', 'access.json', '--scope', 'nowhere', '--principal', PRINCIPAL],
      'nowhere',
    ],
    [
      ['can', `${ML}/read`, '--snapshot', 'no-such-file', '--scope', SCOPE, '--principal', PRINCIPAL],
      'ENOENT',
    ],
    [['who-can', `${ML}/read`, '--principal', 'x'], 'No flag registered for --principal'],
  ])('refuse %j', async (args, hint) => {
    const { code, stdout, stderr } = await runCli(args, { cwd });
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(hint)]);
  });
});

describe('least-privilege', () => {
  it('names the smallest roles for operations and for an activity, and drafts a custom role', async () => {
    const table = await runCli(['least-privilege', '--scenario', 'submitJob']);
    expect([table.code, table.stdout]).toEqual([
      0,
      expect.stringMatching(/^ROLES .*\nAzureML Data Scientist /),
    ]);
    const args = [
      'least-privilege',
      `${ML}/read`,
      '--role-name',
      'Looker',
      '--assignable-scope',
      SCOPE,
      '-o',
      'json',
    ];
    expect(json((await runCli(args)).stdout)).toMatchObject({
      customRole: {
        roleName: 'Looker',
        assignableScopes: [SCOPE],
        permissions: [{ actions: [`${ML}/read`] }],
      },
    });
  });

  it.each([
    [['least-privilege'], 'No operation'],
    [['least-privilege', '--scenario', 'nothing'], 'submitJob'],
    [['least-privilege', 'a/b', '--scenario', 'submitJob'], 'Both'],
  ])('refuses %j', async (args, hint) => {
    const { code, stderr } = await runCli(args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(hint)]);
  });
});

describe('explain', () => {
  const refusal = `(AuthorizationFailed) The client 'ana@contoso.com' with object id '${PRINCIPAL}' does not have authorization to perform action '${ML}/jobs/write' over scope '${SCOPE}/resourceGroups/rg/providers/${ML}/ml' or the scope is invalid.`;

  it('knows refusals, AADSTS numbers and own codes, from arguments, a file and standard input', async () => {
    const asText = await runCli(['explain', refusal]);
    expect([asText.code, asText.stdout]).toEqual([0, expect.stringContaining('AzureML Data Scientist')]);
    await writeFile(
      join(cwd, 'error.txt'),
      `x\n${refusal}\nAADSTS7000215: Invalid client secret provided.\n`,
    );
    for (const world of [
      { args: ['error.txt'] },
      { args: ['-'], input: `${refusal} AADSTS7000215 AML_THROTTLED` },
    ]) {
      const { args, ...rest } = world;
      const { stdout } = await runCli(['explain', ...args, '-o', 'json'], { cwd, ...rest });
      const codes = (json(stdout)['findings'] as { code: string }[]).map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(['AuthorizationFailed', 'AADSTS7000215']));
    }
    // As a portal shows it, without its code.
    const bare = await runCli(['explain', refusal.replace('(AuthorizationFailed) ', '')]);
    expect(bare.stdout).toBe(asText.stdout);
    expect((await runCli(['explain', 'AML_THROTTLED', 'happened'])).stdout).toMatch(/may succeed later/);
  });

  it('says where it knows nothing, with exit code 6', async () => {
    const { code, stdout, stderr } = await runCli(['explain', 'it', 'does', 'not', 'work', 'AADSTS99999999']);
    expect([code, stdout, stderr]).toEqual([6, '', expect.stringContaining('AML_NOT_FOUND')]);
    expect(stderr).toMatch(/99999999 up at https:\/\/login\.microsoftonline\.com\/error,/);
  });

  it('and other commands say where to read on when words are not understood', async () => {
    for (const [args, help] of [
      [['explain'], 'aml-auth explain --help'],
      [['emulator', 'start'], 'aml-auth emulator --help'],
      [['identity', 'show', 'a', 'b'], 'aml-auth identity show --help'],
      [['access', 'plan', 'f', '--nope'], 'aml-auth access plan --help'],
      [['nope', '--lang', 'ko'], 'aml-auth --help'],
    ] as const) {
      const { code, stderr } = await runCli(args);
      expect([args, code, stderr.split('\n').at(-2)]).toEqual([
        args,
        2,
        expect.stringContaining(`: ${help}`),
      ]);
    }
  });

  it('prints no secret and no terminal sequence of the text', async () => {
    const { stdout } = await runCli(['explain', '-'], {
      input: `\u001b]52;c;x\u0007client_secret=very-secret ${refusal.replace('ana@', '\u001b[31m@')}`,
    });
    expect(stdout).not.toContain('very-secret');
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});

describe('role lint', () => {
  const role = (actions: string[]) =>
    JSON.stringify({
      Name: 'Mine',
      IsCustom: true,
      Actions: actions,
      NotActions: [],
      AssignableScopes: [SCOPE],
    });

  it('finds what is wrong, from a file or standard input, and ends with 2', async () => {
    await writeFile(join(cwd, 'role.json'), role(['*/x/*']));
    const bad = await runCli(['role', 'lint', 'role.json', '-o', 'json'], { cwd });
    expect(bad.code).toBe(2);
    expect(json(bad.stdout)).toMatchObject({ valid: false, findings: [{ code: 'two-wildcards' }] });
    const good = await runCli(['role', 'lint', '-'], { input: role([`${ML}/read`]) });
    expect(good.code).toBe(0);
    expect((await runCli(['role', 'lint', '-'], { input: 'no JSON' })).code).toBe(2);
    expect((await runCli(['role', 'lint', 'nothing.json'], { cwd })).stderr).toContain('ENOENT');
  });
});

it.each<[string, Record<string, unknown>, unknown[]]>([
  [
    'can a/b --principal p -w ml --data-action',
    { principal: 'p', workspace: 'ml', dataAction: true },
    ['a/b'],
  ],
  ['who-can a/b --scope /', { scope: '/', dataAction: false }, ['a/b']],
  ['what-can --snapshot f', { snapshot: 'f' }, []],
  ['least-privilege a b --data-action c', { dataAction: ['c'] }, ['a', 'b']],
  ['explain a b', { output: 'table' }, ['a', 'b']],
  ['role lint f -o yaml', { output: 'yaml' }, ['f']],
])('%s is parsed', async (line, flags, args) => {
  const parsed = await parseCli(line.split(' '));
  expect(parsed?.flags).toMatchObject(flags);
  expect(parsed?.args).toEqual(args);
});
