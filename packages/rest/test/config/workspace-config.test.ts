import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import {
  ConfigNotFoundError,
  createArmClient,
  explainConfig,
  parseWorkspaceConfig,
  Workspace,
  workspaceFromEnvironment,
  type ConfigSearchOptions,
} from '@aml-auth/rest';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { countingCredential } from '../loopback-arm.js';
import { configCandidates } from '../../src/config/config-candidates.js';
import { CONFIG_CASES, keys, scope, type ConfigCase } from './config-cases.js';
import { temporaryTree } from './temporary-tree.js';

const arm = createArmClient({
  credential: countingCredential(),
  fetch: () => Promise.reject(new Error('nothing is to be sent')),
});
const id = (name: string): string =>
  `/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/${name}`;

/** The name of the workspace that is read; undefined where that is a typed error. */
async function read(one: ConfigCase, more: ConfigSearchOptions = {}): Promise<string | undefined> {
  const root = await temporaryTree(one.files);
  const { fileName } = one;
  const path = join(root, one.from, one.path ?? '');
  try {
    return (await Workspace.fromConfig(arm, { path, fileName, ...more })).name;
  } catch (error) {
    expect(error).toMatchObject({ code: 'AML_CONFIG_INVALID' });
    return undefined;
  }
}

describe('a config file is read as azure-ai-ml reads it', () => {
  it.each(CONFIG_CASES)('$name', async (one) => {
    expect(await read(one)).toBe(one.reads);
  });
});

describe('with all parents it is read as azureml-core reads it', () => {
  it.each(CONFIG_CASES.filter(({ core }) => core !== undefined))('$name', async (one) => {
    expect(await read(one, { parents: Infinity })).toBe(one.core);
  });
});

describe('Workspace.fromConfig', () => {
  it.each([
    [{ '.azureml/config.json': keys('far'), 'a/config.json': keys('here') }, 'here'],
    [{ '.azureml/config.json': keys('far'), 'a/project.json': keys('here') }, 'here'],
    [{ 'a/config.json': keys('plain'), 'a/.azureml/config.json': keys('folder') }, 'folder'],
    [{ 'config.json': keys('far'), 'a/': '' }, 'far'],
  ])('takes the closest folder where it is told to: %#', async (files, reads) => {
    const one = { name: '', files, from: 'a', reads };
    expect(await read(one, { order: 'nearest' })).toBe(reads);
  });

  it('begins in the working directory, and says where the names come from', async () => {
    const root = await temporaryTree({ '.azureml/config.json': scope('ws-1'), 'a/': '' });
    const cwd = vi.spyOn(process, 'cwd').mockReturnValue(join(root, 'a'));
    const found = await Workspace.fromConfig(arm);
    cwd.mockRestore();
    expect(found).toMatchObject({
      id: id('ws-1'),
      name: 'ws-1',
      resourceGroup: 'rg',
      source: join(root, '.azureml/config.json'),
      details: undefined,
    });
  });

  it('lists every path that was looked at, in their order', async () => {
    const root = await temporaryTree({ 'a/': '' });
    const error: unknown = await Workspace.fromConfig(arm, {
      path: join(root, 'a'),
      parents: 1,
      fileName: 'mine.json',
    }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigNotFoundError);
    expect(isAmlAuthError(error)).toBe(true);
    const searched = ['a/.azureml', '.azureml', 'a/aml_config', 'aml_config', 'a', ''].map((folder) =>
      join(root, folder, 'mine.json'),
    );
    expect(error).toMatchObject({ code: 'AML_CONFIG_INVALID', searched });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ searched });
    expect((error as Error).message).toContain(join(root, 'a'));
  });

  it('leads to the variables of a job where it finds no file in one', async () => {
    const root = await temporaryTree({});
    vi.stubEnv('AZUREML_ARM_WORKSPACE_NAME', 'ws-job');
    await expect(Workspace.fromConfig(arm, { path: root, fileName: 'none.json' })).rejects.toMatchObject({
      remedy: expect.stringContaining('Workspace.resolve()') as string,
    });
    vi.unstubAllEnvs();
  });

  it.each([{ path: '' }, { path: 'a\0b' }, { fileName: '../x.json' }, { fileName: '..' }, { parents: NaN }])(
    'refuses the options %j',
    async (options) => {
      await expect(Workspace.fromConfig(arm, options)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    },
  );
});

describe('a config file', () => {
  it.each([
    ['with a byte-order mark', `\ufeff${keys('here')}`, 'here'],
    ['with a scope in small letters only', scope('here').replace('Scope', 'scope'), 'here'],
    ['with an id in another case', scope('here').replace('resourceGroups', 'RESOURCEGROUPS'), 'here'],
  ])('%s is read, where Python reads none', async (_, text, reads) => {
    expect(await read({ name: '', files: { 'config.json': text }, from: '', reads })).toBe(reads);
  });

  it.each([
    ['of another provider', scope('x').replace('MachineLearningServices', 'Storage'), 'is not valid'],
    ['of a subscription that is no GUID', keys('here').replaceAll(/0{8}/g, 'x'), 'subscriptionId'],
    ['of a workspace that leads elsewhere', keys('a/../../b'), 'workspaceName'],
    ['of a workspace with a line end', keys('here\n'), 'workspaceName'],
    ['with a name that is null', keys('x').replace('"x"', 'null'), 'workspaceName'],
    ['with two keys missing', '{"subscription_id":"x"}', 'resource_group, workspace_name are missing'],
    ['that is empty', ' ', 'it is empty'],
    ['that is in UTF-16', '\ufffd\ufffd{\0', 'not JSON'],
    ['that is nested a hundred thousand times', '['.repeat(100_000), 'not JSON'],
    ['that is a text', '"config"', 'not a JSON object'],
    ['that is null', 'null', 'not a JSON object'],
    ['with a prototype', '{"__proto__":{"Scope":"x"}}', 'are missing'],
    ['of more than a mebibyte', `${keys('here')}${' '.repeat(1024 * 1024)}`, 'bytes'],
  ])('%s is refused, with its path', async (_, text, problem) => {
    const root = await temporaryTree({ 'config.json': text });
    const error: unknown = await Workspace.fromConfig(arm, { path: root }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'AML_CONFIG_INVALID', remedy: expect.any(String) as string });
    expect((error as Error).message).toContain(join(root, 'config.json'));
    expect((error as Error).message).toContain(problem);
  });

  it('is a workspace or a typed error, whatever stands in it', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(id('ws-1'), `${id('ws-1')}/jobs/j`, 'ws-1'));
    const file = fc.record(
      { Scope: value, scope: value, subscription_id: value, resource_group: value, workspace_name: value },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      file.map((held) => JSON.stringify(held)),
    );
    fc.assert(
      fc.property(text, (held) => {
        try {
          expect(parseWorkspaceConfig(held, '/c.json').workspaceName).toMatch(/^[\w-]{3,33}$/);
        } catch (error) {
          expect(error).toMatchObject({ code: 'AML_CONFIG_INVALID' });
          expect((error as Error).message).toContain('/c.json');
        }
      }),
    );
  });
});

describe('a place where a config file could be', () => {
  it.each([
    ['a folder', (place: string) => mkdir(place)],
    ['a pipe', (place: string) => promisify(execFile)('mkfifo', [place])],
    ['a link that leads to itself', (place: string) => symlink('config.json', place)],
    ['a link to a device', (place: string) => symlink('/dev/zero', place)],
  ])('that is %s is none, and nothing hangs', async (what, make) => {
    const root = await temporaryTree({ 'config.json': keys('parent'), 'a/': '' });
    await make(join(root, 'a/config.json'));
    await expect(Workspace.fromConfig(arm, { path: join(root, 'a') })).resolves.toMatchObject({
      name: 'parent',
    });
    // Named itself it counts as a folder; of a link the parents of its target are searched.
    const outcome = await Workspace.fromConfig(arm, { path: join(root, 'a/config.json') }).then(
      ({ name }) => name,
      (error: unknown) => (error as AmlAuthError).code,
    );
    expect(outcome).toBe(what === 'a link to a device' ? 'AML_CONFIG_INVALID' : 'parent');
  });

  it.each([
    'with blanks',
    '한글',
    '🚀',
    '-x',
    '%2e%2e',
    "it's",
    Array.from({ length: 5 }, () => 'x'.repeat(60)).join('/'),
  ])('has a path of any kind: %s', async (folder) => {
    const root = await temporaryTree({ [`${folder}/config.json`]: keys('here'), [`${folder}/inner/`]: '' });
    const path = join(root, folder, 'inner');
    await expect(Workspace.fromConfig(arm, { path })).resolves.toMatchObject({
      name: 'here',
      source: join(root, folder, 'config.json'),
    });
  });

  it('is below the home directory where its path begins with ~', async () => {
    const root = await temporaryTree({ 'a/config.json': keys('home') });
    vi.stubEnv('HOME', root);
    vi.stubEnv('USERPROFILE', root);
    const found = await Promise.all(
      ['~/a', '~/a/config.json'].map((path) => Workspace.fromConfig(arm, { path })),
    );
    vi.unstubAllEnvs();
    expect(found.map(({ name }) => name)).toEqual(['home', 'home']);
  });

  it.runIf(process.platform === 'linux')('that cannot be read is an error, and not passed over', async () => {
    const root = await temporaryTree({ 'config.json': keys('parent'), 'a/config.json': '-> /proc/self/mem' });
    await expect(Workspace.fromConfig(arm, { path: join(root, 'a') })).rejects.toThrow(
      `${join(root, 'a/config.json')} cannot be used: it cannot be read (EIO)`,
    );
  });
});

describe('the variables of a job', () => {
  const SCOPE = { AZUREML_WORKSPACE_SCOPE: id('ws-job') };
  const PARTS = {
    AZUREML_ARM_SUBSCRIPTION: '00000000-0000-0000-0000-00000000000A',
    AZUREML_ARM_RESOURCEGROUP: 'rg',
    AZUREML_ARM_WORKSPACE_NAME: 'ws-job',
  };

  it.each([
    [{}, undefined],
    [{ AZUREML_WORKSPACE_SCOPE: '', AZUREML_ARM_SUBSCRIPTION: '' }, undefined],
    [SCOPE, ['AZUREML_WORKSPACE_SCOPE']],
    [PARTS, Object.keys(PARTS)],
    [{ ...SCOPE, AZUREML_ARM_SUBSCRIPTION: 'x' }, ['AZUREML_WORKSPACE_SCOPE']],
    [{ ...SCOPE, ...PARTS }, ['AZUREML_WORKSPACE_SCOPE', ...Object.keys(PARTS)]],
  ])('%j: %j', (env, variables) => {
    const found = workspaceFromEnvironment(env);
    expect(found?.variables).toEqual(variables);
    expect(found?.workspace.workspaceName).toBe(variables === undefined ? undefined : 'ws-job');
  });

  it.each([
    [{ ...PARTS, AZUREML_ARM_RESOURCEGROUP: '' }, 'AZUREML_ARM_RESOURCEGROUP is not'],
    [{ ...PARTS, ...SCOPE, AZUREML_ARM_WORKSPACE_NAME: 'other' }, 'another workspace'],
    [{ AZUREML_WORKSPACE_SCOPE: 'ws' }, 'workspace id'],
    [{ ...PARTS, AZUREML_ARM_WORKSPACE_NAME: '../x' }, 'workspaceName'],
  ])('that fit no workspace are an error: %j', (env, problem) => {
    expect(() => workspaceFromEnvironment(env)).toThrow(problem);
    expect(() => Workspace.fromEnvironment(arm, env)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
    );
  });

  it('name a workspace or none, or are a typed error, whatever they are', () => {
    const value = fc.option(fc.oneof(fc.string(), fc.constantFrom(...Object.values(PARTS), id('ws-job'))), {
      nil: undefined,
    });
    const env = fc.record({
      AZUREML_WORKSPACE_SCOPE: value,
      AZUREML_ARM_SUBSCRIPTION: value,
      AZUREML_ARM_RESOURCEGROUP: value,
      AZUREML_ARM_WORKSPACE_NAME: value,
    });
    fc.assert(
      fc.property(env, (variables) => {
        try {
          const found = workspaceFromEnvironment(variables);
          expect(found === undefined).toBe(Object.values(variables).every((one) => !one));
        } catch (error) {
          expect(error).toMatchObject({ code: 'AML_CONFIG_INVALID' });
        }
      }),
    );
  });

  it('name the workspace of the process, or are asked for by name', () => {
    vi.stubEnv('AZUREML_WORKSPACE_SCOPE', id('ws-job'));
    expect(Workspace.fromEnvironment(arm)).toMatchObject({
      name: 'ws-job',
      source: 'AZUREML_WORKSPACE_SCOPE',
    });
    vi.unstubAllEnvs();
    expect(() => Workspace.fromEnvironment(arm, {})).toThrow('AZUREML_WORKSPACE_SCOPE');
  });
});

describe('the order of places', () => {
  const folders = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 6 });
  const fileNames = fc.constantFrom(['config.json', 'project.json'], ['mine.json']);
  const join = (...parts: string[]): string => parts.filter((part) => part !== '').join('/');

  it('has every place once, whichever it is', () => {
    fc.assert(
      fc.property(folders, fileNames, (given, names) => {
        const places = (['compat', 'nearest'] as const).map((order) =>
          configCandidates({ folders: given, fileNames: names, order, join }),
        );
        expect(new Set(places[0]).size).toBe(given.length * names.length * 3);
        expect([...(places[0] ?? [])].sort()).toEqual([...(places[1] ?? [])].sort());
      }),
    );
  });

  it('with nearest never leads further up than with compat', () => {
    fc.assert(
      fc.property(folders, fileNames, fc.func(fc.boolean()), (given, names, isThere) => {
        const [compat, nearest] = (['compat', 'nearest'] as const).map((order) => {
          const found = configCandidates({ folders: given, fileNames: names, order, join }).find((one) =>
            isThere(one),
          );
          return found === undefined ? undefined : given.indexOf(found.split('/')[0] ?? '');
        });
        expect((nearest ?? -1) <= (compat ?? -1)).toBe(true);
      }),
    );
  });
});

describe('Workspace.resolve', () => {
  it('goes by the argument, then the variables, then the file', async () => {
    const path = await temporaryTree({ 'config.json': keys('of-file') });
    const env = { AZUREML_WORKSPACE_SCOPE: id('of-job') };
    const names = await Promise.all([
      Workspace.resolve(arm, { path, env, workspace: id('given') }),
      Workspace.resolve(arm, { path, env }),
      Workspace.resolve(arm, { path, env: {} }),
    ]);
    expect(names.map(({ name }) => name)).toEqual(['given', 'of-job', 'of-file']);
  });

  it('does not pass over variables that cannot be used', async () => {
    const path = await temporaryTree({ 'config.json': keys('of-file') });
    const env = { AZUREML_ARM_WORKSPACE_NAME: 'ws' };
    await expect(Workspace.resolve(arm, { path, env })).rejects.toThrow('AZUREML_ARM_SUBSCRIPTION');
  });
});

describe('explainConfig', () => {
  it('says what is used, what is shadowed, and what was tried', async () => {
    const root = await temporaryTree({
      '.azureml/config.json': keys('far'),
      'a/config.json': keys('here'),
      'a/project.json': '{',
    });
    const explained = await explainConfig({ path: join(root, 'a'), parents: 1, env: {} });
    expect(explained.used).toMatchObject({
      place: join(root, '.azureml/config.json'),
      outcome: 'used',
      workspace: { workspaceName: 'far' },
    });
    expect(explained.shadowed).toMatchObject([
      { place: join(root, 'a/config.json'), workspace: { workspaceName: 'here' } },
      { place: join(root, 'a/project.json'), problem: expect.stringContaining('not JSON') as string },
    ]);
    expect(explained.tried).toHaveLength(13);
    expect(explained.tried[0]?.place).toContain('AZUREML_WORKSPACE_SCOPE');
  });

  it('shows files in the shadow of the variables of a job, and variables that cannot be used', async () => {
    const path = await temporaryTree({ 'config.json': keys('of-file') });
    const explained = await explainConfig({ path, env: { AZUREML_WORKSPACE_SCOPE: id('of-job') } });
    expect(explained.used).toMatchObject({
      place: 'AZUREML_WORKSPACE_SCOPE',
      workspace: { workspaceName: 'of-job' },
    });
    expect(explained.shadowed).toMatchObject([{ place: join(path, 'config.json') }]);
    const broken = await explainConfig({ path, env: { AZUREML_ARM_SUBSCRIPTION: 'x' } });
    expect(broken.used?.problem).toContain('AZUREML_ARM_RESOURCEGROUP');
  });

  it('uses nothing where there is nothing', async () => {
    const path = await temporaryTree({});
    const explained = await explainConfig({ path, fileName: 'none-of-these.json', env: {} });
    expect(explained.used).toBeUndefined();
    expect(explained.tried.every(({ outcome }) => outcome === 'missing')).toBe(true);
  });
});

describe('writeConfig', () => {
  const workspace = Workspace.resolve(arm, { workspace: id('ws-1') });

  it.each([
    [{}, {}, '.azureml/config.json'],
    [{ 'aml_config/': '' }, {}, 'aml_config/config.json'],
    [{ '.azureml/project.json': '{}' }, {}, '.azureml/project.json'],
    [{}, { fileName: 'team' }, '.azureml/team.json'],
    [{}, { fileName: 'team.txt' }, '.azureml/team.json'],
    [{ '.azureml/': '' }, { path: '.azureml' }, '.azureml/config.json'],
  ])('writes beside %j with %j to %s, and reads it again', async (files, options, target) => {
    const root = await temporaryTree(files);
    const { path, ...rest } = { path: '', ...options };
    for (const form of ['keys', 'scope'] as const) {
      const written = await (await workspace).writeConfig({ ...rest, path: join(root, path), form });
      expect(written).toBe(join(root, target));
      await expect(Workspace.fromConfig(arm, { path: written })).resolves.toMatchObject({ id: id('ws-1') });
    }
    expect(await readdir(join(root, target, '..'))).toHaveLength(1);
  });

  it('writes the keys of the studio, or those of azureml-core', async () => {
    const path = await temporaryTree({});
    const client = await workspace;
    expect(JSON.parse(await readFile(await client.writeConfig({ path }), 'utf8'))).toEqual(
      JSON.parse(keys('ws-1')),
    );
    const text = await readFile(await client.writeConfig({ path, form: 'scope' }), 'utf8');
    expect(JSON.parse(text)).toEqual(JSON.parse(scope('ws-1')));
  });

  it('leaves nothing behind where it cannot write', async () => {
    const root = await temporaryTree({});
    await writeFile(join(root, '.azureml'), '');
    const client = await workspace;
    for (const options of [{ path: root }, { path: join(root, 'none') }, { path: root, fileName: '../x' }]) {
      await expect(client.writeConfig(options)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    }
    expect(await readdir(root)).toEqual(['.azureml']);
  });
});
