import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { actionMatches, azureMlOperations, builtInRoles, decide } from '@aml-auth/permissions';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { CatalogueFile } from '../src/commands/role/catalogue-file.js';
import { roleReach, type RoleReach } from '../src/commands/role/show/role-reach.js';
import { parseCli, runCli, wordsOf, type Outcome, type World } from './support/run-cli.js';
import { freshUser } from './support/signed-in-world.js';

const SCIENTIST = 'AzureML Data Scientist';
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

type Json = Record<string, unknown>;
const json = ({ stdout }: Outcome) => JSON.parse(stdout) as Json;
const group = () => emulator.workspace('ws1').id.replace(/\/providers.*/, '');

interface Caller {
  readonly cwd: string;
  readonly world: World & { readonly env: Readonly<Record<string, string>> };
  /** Runs a command line with JSON as its output. */
  readonly run: (line: string) => Promise<Outcome>;
}

async function as(): Promise<Caller> {
  const cwd = await mkdtemp(join(tmpdir(), 'aml-auth-roles-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const world = { cwd, env: { ...(await freshUser(emulator)), ...emulator.env('platform-admin') } };
  return { cwd, world, run: (line) => runCli([...wordsOf(line), '-o', 'json'], world) };
}

describe('role list and role show', () => {
  it('lists what this program has without signing in, and asks nobody', async () => {
    const before = emulator.requests.length;
    const all = json(await runCli(wordsOf('role list --catalogue -o json')));
    expect((all['roleDefinitions'] as Json[]).map(({ id }) => id).toSorted()).toEqual(
      builtInRoles.map(({ id }) => id).toSorted(),
    );
    const table = await runCli(wordsOf('role list --catalogue --search "data AZUREML"'));
    expect(table.stdout).toMatch(/^NAME +KIND +DESCRIPTION\nAzureML Data Scientist +built-in +\S.*\n$/);
    const custom = await runCli(
      wordsOf('role list --catalogue --custom-only --query "length(roleDefinitions)"'),
    );
    expect(custom.stdout).toBe('0\n');
    expect(emulator.requests.length).toBe(before);
  });

  it('shows what a role allows and gives away, with what it takes away counted', async () => {
    const shown = json(await runCli(wordsOf(`role show "${SCIENTIST.toLowerCase()}" --catalogue -o json`)));
    const role = builtInRoles.find(({ roleName }) => roleName === SCIENTIST)!;
    expect(shown).toMatchObject(role);
    const { known, allowed, gives, patterns } = shown['reach'] as RoleReach;
    const names = azureMlOperations.filter(({ name }) =>
      role.permissions.some(
        ({ actions, notActions }) =>
          actions.some((one) => actionMatches(one, name)) &&
          !notActions.some((one) => actionMatches(one, name)),
      ),
    );
    expect([known, allowed]).toEqual([azureMlOperations.length, names.length]);
    expect(gives.secrets).toEqual(names.filter(({ isSecret }) => isSecret).map(({ name }) => name));
    expect(gives.identity).toContain('Microsoft.MachineLearningServices/workspaces/jobs/write');
    expect(gives.access).toEqual([]);
    expect(patterns.filter(({ part }) => part === 'notActions').length).toBeGreaterThan(0);

    const table = (await runCli(wordsOf('role show Owner --catalogue'))).stdout;
    expect(table).toMatch(
      /^name +Owner\nkind +built-in\n[\s\S]*\naccess +3\n\nPART +OPERATION +KNOWN +GIVES\n/,
    );
    expect(table).toMatch(/\nactions +\* +289 +secrets, code, identity, access\n$/);
    expect((await runCli(wordsOf('role show Owner --catalogue -o tsv'))).stdout).toMatch(
      /^actions\t\*\t289\t/,
    );
    const scoped = await runCli(wordsOf('role show Owner --catalogue -w ws1'));
    expect([scoped.code, scoped.stderr]).toEqual([2, expect.stringContaining('exclude one another')]);
    const missing = await runCli(wordsOf('role show Ownr --catalogue'));
    expect([missing.code, missing.stderr]).toEqual([6, expect.stringContaining('no role "Ownr"')]);
  });

  it('takes away what another entry does not give, by any role', () => {
    const pattern = fc.constantFrom('*', '*/read', 'Microsoft.Authorization/*/write', 'M/a/b/read', 'M/a/*');
    const patterns = fc.array(pattern, { maxLength: 3 });
    const entry = fc.record({
      actions: patterns,
      notActions: patterns,
      dataActions: patterns,
      notDataActions: patterns,
    });
    const operations = ['M/a/b/read', 'M/a/b/write', 'M/c/read'].flatMap((name) =>
      [false, true].map((isDataAction) => ({ name, isDataAction })),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 3 }), (permissions) => {
        const { allowed, gives } = roleReach({ permissions }, operations);
        const may = (action: string, isDataAction: boolean): boolean =>
          decide(
            {
              roleDefinitions: [
                { id: 'r', roleName: 'r', roleType: 'CustomRole', permissions, assignableScopes: ['/'] },
              ],
              roleAssignments: [{ id: 'a', scope: '/', principalId: 'p', roleDefinitionId: 'r' }],
            },
            { principalId: 'p', action, scope: '/subscriptions/s', isDataAction },
          ).verdict === 'allowed';
        expect(allowed).toBe(operations.filter(({ name, isDataAction }) => may(name, isDataAction)).length);
        const change = 'Microsoft.Authorization/roleAssignments/write';
        expect(gives.access.includes(change)).toBe(may(change, false));
      }),
    );
  });

  it('asks Azure for the roles at a scope, custom ones too', async () => {
    const { cwd, run } = await as();
    const draft = {
      Name: 'Keys (shown)',
      IsCustom: true,
      Description: 'Reads keys.',
      Actions: ['Microsoft.MachineLearningServices/workspaces/listKeys/action'],
      AssignableScopes: [group()],
    };
    await writeFile(join(cwd, 'role.json'), JSON.stringify(draft));
    expect((await run('role definition create role.json')).code).toBe(0);
    const found = json(await run('role list --search "keys shown" -w ws1'))['roleDefinitions'];
    expect(found).toMatchObject([{ roleName: 'Keys (shown)', roleType: 'CustomRole' }]);
    const custom = json(await run('role list --custom-only -w ws1'))['roleDefinitions'] as Json[];
    expect(custom).toContainEqual((found as Json[])[0]);
    expect(new Set(custom.map(({ roleType }) => roleType))).toEqual(new Set(['CustomRole']));
    const shown = json(await run('role show "Keys (shown)" -w ws1'));
    expect(shown['reach']).toMatchObject({ allowed: 1, gives: { secrets: draft.Actions, code: [] } });
    expect((await run('role definition delete "Keys (shown)" -w ws1 --yes')).code).toBe(0);
  });
});

describe('role sync', () => {
  it('keeps roles and operations in a file, and says what has changed since', async () => {
    const { cwd, run, world } = await as();
    const line = 'role sync --out roles.json -w ws1 --providers Microsoft.MachineLearningServices';
    const path = join(cwd, 'roles.json');
    const planned = await run(`${line} --dry-run`);
    expect(planned.code).toBe(3);
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
    const first = await run(line);
    expect([first.code, first.stderr]).toEqual([0, `Wrote ${path}.\n`]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(json(await run(`${line} --dry-run`))).toMatchObject({ changes: [], written: false });

    const kept = JSON.parse(await readFile(path, 'utf8')) as CatalogueFile;
    const [one, other, ...roles] = kept.roleDefinitions;
    const [operation, ...operations] = kept.operations;
    const gone = { name: 'Microsoft.MachineLearningServices/gone/read', isDataAction: false };
    const older = {
      ...kept,
      roleDefinitions: [{ ...one!, description: 'x'.repeat(2_000_000) }, ...roles],
      operations: [...operations, gone],
    };
    await writeFile(path, JSON.stringify(older));
    const synced = await run(line);
    expect(json(synced)['changes']).toEqual([
      { change: 'changed', kind: 'role', name: one!.roleName, id: one!.id, parts: ['description'] },
      { change: 'added', kind: 'role', name: other!.roleName, id: other!.id, parts: [] },
      { change: 'added', kind: 'operation', name: operation!.name, parts: [] },
      { change: 'removed', kind: 'operation', name: gone.name, parts: [] },
    ]);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      ...kept,
      syncedAt: expect.any(String) as string,
    });

    await writeFile(path, JSON.stringify(older));
    const shown = await runCli(wordsOf(line), world);
    expect(shown.stdout).toMatch(/\nCHANGE +KIND +NAME +PARTS\nchanged +role +\S.* description\nadded +role/);
    const offline = json(await runCli(wordsOf('role list --from roles.json -o json'), { cwd }));
    expect((offline['roleDefinitions'] as Json[]).length).toBe(kept.roleDefinitions.length);
    const reach = json(await runCli(wordsOf('role show Owner --from roles.json -o json'), { cwd }))['reach'];
    expect(reach).toMatchObject({ known: kept.operations.length, allowed: kept.operations.length });
  });

  it.each([
    ['{"mine": true}', 'format is another'],
    ['mine', 'not JSON'],
    ['7', 'no object'],
    ['{"format":"aml-auth/catalogue","version":1}', 'syncedAt'],
    ['{"format":"aml-auth/catalogue","version":1,"syncedAt":"","scope":"/"}', 'roleDefinitions'],
    ['{"format":"aml-auth/access","version":1,"roleDefinitions":[],"operations":[]}', 'format is another'],
  ])('does not write over %s, and asks nobody', async (text, reason) => {
    const { cwd, run } = await as();
    await writeFile(join(cwd, 'mine.json'), text);
    const before = emulator.requests.length;
    const { code, stderr } = await run('role sync --out mine.json -w ws1');
    expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
    expect(await readFile(join(cwd, 'mine.json'), 'utf8')).toBe(text);
    expect(emulator.requests.length).toBe(before);
  });

  it('says on a terminal which operations are being read', async () => {
    const { world } = await as();
    let seen = '';
    const stderr = { write: (text: string) => void (seen += text), isTTY: true };
    const process = { env: world.env, stdout: { write: () => undefined }, stderr };
    await runCli(wordsOf('role sync --out roles.json -w ws1 --dry-run'), {
      ...world,
      context: { process: process as never },
    });
    expect(seen).toContain('(Microsoft.KeyVault)');
  });
});

it.each<[string, Json, unknown[]]>([
  [
    'role list --search x -g rg',
    { search: 'x', customOnly: false, catalogue: false, resourceGroup: 'rg' },
    [],
  ],
  ['role show x --from -', { from: '-', catalogue: false }, ['x']],
  ['role sync --out f --dry-run --providers p', { out: 'f', dryRun: true, providers: ['p'] }, []],
])('%s is parsed', async (line, flags, args) => {
  const parsed = await parseCli(line.split(' '));
  expect(parsed?.flags).toMatchObject(flags);
  expect(parsed?.args).toEqual(args);
});
