import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { execUser, mergeUser } from '../src/commands/setup/kubectl/merge-user.js';
import { hasProviderBlock } from '../src/commands/setup/terraform/provider-block.js';
import { parseCli, runCli, type Outcome } from './support/run-cli.js';

const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001';

/** An empty folder, and the command line in it. */
async function project(): Promise<{
  readonly cwd: string;
  readonly run: (...args: string[]) => Promise<Outcome>;
  readonly read: (name: string) => Promise<string>;
  readonly write: (name: string, text: string) => Promise<void>;
}> {
  const cwd = await mkdtemp(join(tmpdir(), 'aml-auth-setup-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const env = { HOME: cwd, AML_AUTH_CONFIG_DIR: join(cwd, 'config') };
  return {
    cwd,
    run: (...args) => runCli(['setup', ...args], { cwd, env }),
    read: (name) => readFile(join(cwd, name), 'utf8'),
    write: (name, text) => writeFile(join(cwd, name), text),
  };
}

const KUBECONFIG = `# mine
apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority-data: ${'QUJD'.repeat(60)}
    server: https://127.0.0.1:6443 # the local one
  name: local
users:
# an old one
- name: admin
  user:
    client-key-data: "c2VjcmV0"
`;

describe('aml-auth setup kubectl', () => {
  it('prints a kubeconfig whose plugin is the command for tokens', async () => {
    const { run } = await project();
    const { code, stdout, stderr } = await run('kubectl', '--user', 'ci', '--account', 'robot');
    expect([code, stderr]).toEqual([0, '']);
    const { kind, users } = parse(stdout) as { kind: string; users: [ReturnType<typeof execUser>] };
    expect(kind).toBe('Config');
    expect(users).toEqual([
      {
        name: 'ci',
        user: {
          exec: expect.objectContaining({
            apiVersion: 'client.authentication.k8s.io/v1',
            command: 'aml-auth',
            interactiveMode: 'Never',
          }) as object,
        },
      },
    ]);
    const { args } = users[0].user.exec as { args: string[] };
    expect((await parseCli(args))?.flags).toMatchObject({
      format: 'execcredential',
      scope: '6dae42f8-4368-4678-94ff-3960e28e3630/.default',
      account: 'robot',
      input: false,
    });
  });

  it('adds the user to a kubeconfig, changes no line of it, and keeps a backup', async () => {
    const { run, read, write, cwd } = await project();
    await write('config.yaml', KUBECONFIG);
    await chmod(join(cwd, 'config.yaml'), 0o640);
    const { code, stdout, stderr } = await run('kubectl', '--file', 'config.yaml');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(
      /config\.yaml\.bak\.\n.*Wrote .*config\.yaml\.\n.*set-context --current --user=aml-auth\n$/s,
    );
    const after = await read('config.yaml');
    expect(after.startsWith(KUBECONFIG)).toBe(true);
    expect(await read('config.yaml.bak')).toBe(KUBECONFIG);
    expect((await stat(join(cwd, 'config.yaml'))).mode & 0o777).toBe(0o640);

    const again = await run('kubectl', '--file', 'config.yaml');
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('nothing was changed')]);
    expect(await read('config.yaml')).toBe(after);
    expect((await readdir(cwd)).sort()).toEqual(['config.yaml', 'config.yaml.bak']);
  });

  it('replaces a user that differs only with a yes, and keeps every backup', async () => {
    const { run, read, write } = await project();
    await write('config.yaml', KUBECONFIG);
    await run('kubectl', '--file', 'config.yaml');
    const first = await read('config.yaml');
    const refused = await run('kubectl', '--file', 'config.yaml', '--account', 'other');
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/Nobody can be asked: Replace aml-auth in .*--yes/s),
    ]);
    expect(await read('config.yaml')).toBe(first);
    expect((await run('kubectl', '--file', 'config.yaml', '--account', 'other', '--yes')).code).toBe(0);
    expect(await read('config.yaml')).toBe(
      first.replace(/( +)- --no-input\n/, '$1- --no-input\n$1- --account\n$1- other\n'),
    );
    expect(await read('config.yaml.bak.1')).toBe(first);
  });

  it('makes the file that kubectl reads, for its user alone, and follows a link to it', async () => {
    const { run, read, write, cwd } = await project();
    expect((await run('kubectl', '--write')).code).toBe(0);
    expect((await stat(join(cwd, '.kube/config'))).mode & 0o777).toBe(0o600);
    await mkdir(join(cwd, 'real'));
    await write('real/config', KUBECONFIG);
    await symlink(join(cwd, 'real/config'), join(cwd, 'link'));
    expect((await run('kubectl', '--file', 'link')).code).toBe(0);
    expect(await read('real/config')).toContain('aml-auth');
    expect((await readdir(join(cwd, 'real'))).sort()).toEqual(['config', 'config.bak']);
  });

  it('leaves the choice where KUBECONFIG names several files', async () => {
    const { cwd } = await project();
    const env = { HOME: cwd, KUBECONFIG: '/a:/b' };
    const { code, stderr } = await runCli(['setup', 'kubectl', '--write'], { cwd, env });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/names 2 files.*--file/s)]);
  });

  it.each([
    ['a: [', 'not a kubeconfig'],
    ['- a\n', 'not a map'],
    ['kind: Pod\n', 'kind is "Pod"'],
    ['users: 3\n', 'not a list'],
    ['a: 1\n---\nb: 1\n', 'not a kubeconfig'],
  ])('refuses %j and leaves it alone', async (text, hint) => {
    const { run, read, write } = await project();
    await write('config', text);
    const { code, stderr } = await run('kubectl', '--file', 'config', '--yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining(hint)]);
    expect(await read('config')).toBe(text);
  });

  it('loses nothing of any kubeconfig, and is done after once', () => {
    const wanted = execUser({ user: 'aml-auth', scope: 'api://x/.default' });
    const users = fc.array(
      fc.record({ name: fc.string().filter((name) => name !== wanted.name), user: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), users, fc.boolean(), (extra, known, asJson) => {
        const config = { kind: 'Config', extra: extra as unknown, users: known };
        const before = asJson ? JSON.stringify(config) : stringify(config);
        const { text, replaces } = mergeUser(before, wanted);
        expect(replaces).toBeUndefined();
        const { users: after, ...rest } = parse(text) as typeof config;
        expect([rest, after]).toEqual([
          { kind: 'Config', extra: (parse(before) as typeof config).extra },
          [...(parse(before) as typeof config).users, wanted],
        ]);
        expect(mergeUser(text, wanted).text).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});

describe('aml-auth setup terraform', () => {
  it('prints a provider block, and says how Terraform is run with it', async () => {
    const { run } = await project();
    const { code, stdout, stderr } = await run('terraform', '-s', SUBSCRIPTION, '-t', 'a${b}');
    expect([code, stdout]).toEqual([
      0,
      [
        'provider "azurerm" {',
        '  features {}',
        '',
        '  use_msi         = true',
        '  use_cli         = false',
        `  subscription_id = "${SUBSCRIPTION}"`,
        '  tenant_id       = "a$${b}"',
        '}',
        '',
      ].join('\n'),
    ]);
    expect(stderr).toMatch(
      /^Run: aml-auth exec --style imds .* -- sh -c 'ARM_MSI_ENDPOINT=.* terraform plan'\n$/,
    );
  });

  it('writes a new file, and over another one only with a yes and a backup', async () => {
    const { run, read, write } = await project();
    const args = ['terraform', '-s', SUBSCRIPTION, '--file', 'provider.tf'];
    expect((await run(...args)).code).toBe(0);
    expect(await read('provider.tf')).toContain('use_msi');
    expect((await run(...args)).stderr).toContain('nothing was changed');
    await write('provider.tf', '# mine\n');
    expect((await run(...args)).code).toBe(2);
    expect(await read('provider.tf')).toBe('# mine\n');
    expect((await run(...args, '--yes')).code).toBe(0);
    expect(await read('provider.tf.bak')).toBe('# mine\n');
  });

  it('refuses a folder that configures the provider already, and shows what to add', async () => {
    const { run, write, cwd } = await project();
    await write('main.tf', 'provider "azurerm" {\n  features {}\n}\n');
    const { code, stderr } = await run('terraform', '-s', SUBSCRIPTION, '--file', 'provider.tf', '--yes');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/main\.tf has a provider block.*use_msi/s)]);
    expect(await readdir(cwd)).toEqual(['main.tf']);
  });

  it.each([
    ['provider "azurerm" {\n features {}\n}\n', true],
    ['  provider azurerm {\n}\n', true],
    ['provider "azurerm" {\n alias = "b"\n}\n', false],
    ['provider "azurerm" {\n alias = "b"\n}\nprovider "azurerm" {\n}\n', true],
    ['# provider "azurerm" {\n# }\n/*\nprovider "azurerm" {\n}\n*/', false],
    ['provider "azuread" {\n}\n', false],
  ])('sees in %j whether the default provider is configured: %s', (text, found) => {
    expect(hasProviderBlock(text)).toBe(found);
  });

  it.each([[[]], [['-s', 'mine']]])('wants a subscription, and not %j', async (args) => {
    const { run } = await project();
    const { code, stdout, stderr } = await run('terraform', ...args);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('--subscription')]);
  });
});

describe('aml-auth setup python and java', () => {
  it.each([
    ['python', 'get_token', 'token_example.py'],
    ['java', 'getToken', 'TokenExample.java'],
  ])('%s prints a program, or writes it to a new file', async (language, part, usual) => {
    const { run, read, write } = await project();
    const printed = await run(language);
    expect([printed.code, printed.stdout]).toEqual([0, expect.stringContaining(part)]);
    expect(printed.stderr).toMatch(new RegExp(`^Run: aml-auth exec -- \\w+ ${usual}\n$`));
    expect((await run(language, '--file', 'mine')).stderr).toMatch(/Run: aml-auth exec -- \w+ mine\n$/);
    expect((await run(language, '--file', "it's")).stderr).toMatch(/ 'it'\\''s'\n$/);
    expect(await read('mine')).toBe(printed.stdout);
    await write('mine', 'other');
    expect((await run(language, '--file', 'mine')).code).toBe(2);
    expect(await read('mine')).toBe('other');
  });
});

describe('aml-auth setup vscode', () => {
  it.each(['tasks', 'launch'])('%s runs command lines that exist', async (part) => {
    const { run } = await project();
    const { code, stdout, stderr } = await run('vscode', '--part', part);
    expect([code, stderr]).toEqual([0, '']);
    const { tasks = [], configurations = [] } = JSON.parse(stdout) as {
      tasks?: { command: string; args: string[] }[];
      configurations?: { runtimeExecutable: string; runtimeArgs: string[] }[];
    };
    const lines = [
      ...tasks.map(({ command, args }) => [command, ...args]),
      ...configurations.map((one) => [one.runtimeExecutable, ...one.runtimeArgs]),
    ];
    expect(lines.length).toBeGreaterThan(0);
    for (const [command, ...args] of lines) {
      expect(command).toBe('aml-auth');
      expect(await parseCli(args), args.join(' ')).toBeDefined();
    }
  });

  it('hands the variables of the endpoint to a container, and no secret', async () => {
    const { run } = await project();
    const { remoteEnv, runArgs } = JSON.parse((await run('vscode', '--part', 'devcontainer')).stdout) as {
      remoteEnv: Record<string, string>;
      runArgs: string[];
    };
    expect(runArgs).toEqual(['--network=host']);
    expect(remoteEnv['IDENTITY_HEADER']).toBe('${localEnv:IDENTITY_HEADER}');
  });

  it('makes the file that is read, and refuses one that is there', async () => {
    const { run, read, write, cwd } = await project();
    expect((await run('vscode', '--write')).code).toBe(0);
    expect(await read('.vscode/tasks.json')).toContain('${file}');
    expect((await run('vscode', '--write')).stderr).toContain('nothing was changed');
    await write('.vscode/tasks.json', '{} // mine\n');
    const { code, stderr } = await run('vscode', '--write');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/there already.*"aml-auth: serve tokens"/s)]);
    expect(await read('.vscode/tasks.json')).toBe('{} // mine\n');
    expect(await readdir(join(cwd, '.vscode'))).toEqual(['tasks.json']);
  });
});

it.each<[string, Record<string, unknown>]>([
  ['setup kubectl', { user: 'aml-auth', write: false, yes: false }],
  ['setup kubectl --write --user x --scope s --yes', { user: 'x', scope: 's', write: true, yes: true }],
  ['setup python --file a', { file: 'a' }],
  ['setup java --yes', { yes: true }],
  ['setup vscode --part launch --write', { part: 'launch', write: true }],
  ['setup terraform -s a -t b --file c', { subscription: 'a', tenant: 'b', file: 'c' }],
])('%s is parsed', async (line, flags) => {
  expect((await parseCli(line.split(' ')))?.flags).toMatchObject(flags);
});
