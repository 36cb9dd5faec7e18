import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { keyRequest, credentialRequest } from '../src/commands/sp/credential-request.js';
import { korean } from '../src/messages/korean/korean.js';
import { parseCli, runCli, wordsOf, type World } from './support/run-cli.js';
import { freshUser } from './support/signed-in-world.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

type Json = Record<string, unknown>;
const json = (text: string) => JSON.parse(text) as Json;
const subscription = () => emulator.env('platform-admin')['AZUREML_ARM_SUBSCRIPTION'] ?? '';

async function admin(): Promise<World & { readonly cwd: string }> {
  const cwd = await mkdtemp(join(tmpdir(), 'aml-auth-sp-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  return { cwd, env: { ...(await freshUser(emulator)), ...emulator.env('platform-admin') } };
}

/** Signs in as the application with that secret, and asks who it is. */
async function whoIs(clientId: string, secret: string): Promise<{ code: number; stdout: string }> {
  const { tenantId } = emulator.app('trainer');
  const env = {
    ...(await freshUser(emulator)),
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: secret,
  };
  return runCli(['whoami', '-o', 'json'], { env });
}

describe('sp create-for-rbac', () => {
  it('prints the JSON of --sdk-auth byte for byte, with warnings on standard error', async () => {
    const world = await admin();
    const line = `sp create-for-rbac --unique-name sdk --role Contributor --scopes /subscriptions/${subscription()} --sdk-auth`;
    const { code, stdout, stderr } = await runCli(line.split(' '), world);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/warning: "Contributor"[\s\S]*holds a secret/)]);
    const auth = json(stdout);
    expect(stdout).toBe(`${JSON.stringify(auth, undefined, 2)}\n`);
    expect(Object.keys(auth)).toEqual([
      'clientId',
      'clientSecret',
      'subscriptionId',
      'tenantId',
      'activeDirectoryEndpointUrl',
      'resourceManagerEndpointUrl',
      'activeDirectoryGraphResourceId',
      'sqlManagementEndpointUrl',
      'galleryEndpointUrl',
      'managementEndpointUrl',
    ]);
    expect(auth['subscriptionId']).toBe(subscription());
    const who = await whoIs(String(auth['clientId']), String(auth['clientSecret']));
    expect(json(who.stdout)).toMatchObject({ clientId: auth['clientId'] });
  });

  it('puts the secret into a file for this user alone, and nowhere else', async () => {
    const world = await admin();
    const line = 'sp create-for-rbac --name filed --credential secret --credential-file s.txt -o json';
    const { code, stdout, stderr } = await runCli(line.split(' '), world);
    const file = join(world.cwd, 's.txt');
    const secret = await readFile(file, 'utf8');
    expect([code, json(stdout)]).toEqual([
      0,
      expect.objectContaining({ displayName: 'filed', password: null, credentialFile: file }),
    ]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(secret.length).toBeGreaterThan(10);
    expect(stdout + stderr).not.toContain(secret);
    expect((await whoIs(String(json(stdout)['appId']), secret)).code).toBe(0);
    const again = await runCli(line.split(' '), world);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('is there already')]);
    expect(await readFile(file, 'utf8')).toBe(secret);
  });

  it('makes nothing and leaves no file where the role is not there', async () => {
    const world = await admin();
    const line = `sp create-for-rbac --name nothing --credential secret --role Nobody --scopes /subscriptions/${subscription()} --credential-file s.txt`;
    expect((await runCli(line.split(' '), world)).code).toBe(6);
    await expect(stat(join(world.cwd, 's.txt'))).rejects.toThrow('ENOENT');
    const listed = await runCli(['sp', 'list', '--display-name', 'nothing', '-o', 'json'], world);
    expect(json(listed.stdout)).toEqual({ servicePrincipals: [] });
  });

  it('gives the role at the workspace of the settings, and may be repeated', async () => {
    const world = await admin();
    const line =
      'sp create-for-rbac --unique-name pipeline --github contoso/ml --branch main --role Reader -o json';
    const first = await runCli(line.split(' '), world);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect((await runCli(line.split(' '), world)).stdout).toBe(first.stdout);
    expect(json(first.stdout)).toMatchObject({ displayName: 'pipeline', password: null });
    const shown = json((await runCli(['sp', 'show', 'pipeline', '-o', 'json'], world)).stdout);
    expect(shown['credentials']).toMatchObject([
      { kind: 'federated', subject: expect.stringMatching(/main$/) as string },
    ]);
    expect((await runCli(['sp', 'show', 'pipeline'], world)).stdout).toMatch(/credentials +federated\n/);
    const { objectId } = shown['servicePrincipal'] as { objectId: string };
    const deleted = await runCli(['sp', 'delete', 'pipeline', '--yes', '-o', 'json'], world);
    expect(json(deleted.stdout)).toMatchObject({ deleted: true, servicePrincipalId: objectId });
    expect(json(deleted.stdout)['roleAssignments']).toHaveLength(1);
    expect((await runCli(['sp', 'show', 'pipeline'], world)).code).toBe(6);
  });
});

describe('sp credential', () => {
  it('adds, lists, rotates and removes; the old secret ends, and the new one signs in', async () => {
    const world = await admin();
    const made = 'sp create-for-rbac --unique-name keys --credential secret -o json';
    const { appId, password } = json((await runCli(made.split(' '), world)).stdout) as Record<string, string>;
    const rotated = await runCli(
      'sp credential rotate keys --credential secret --credential-file new.txt -o json'.split(' '),
      world,
    );
    const fresh = await readFile(join(world.cwd, 'new.txt'), 'utf8');
    expect([rotated.code, json(rotated.stdout)]).toEqual([
      0,
      expect.objectContaining({ kind: 'secret', removed: [expect.any(String)], notRemoved: [] }),
    ]);
    expect(rotated.stdout + rotated.stderr).not.toContain(fresh);
    expect((await whoIs(appId ?? '', password ?? '')).code).toBe(4);
    expect((await whoIs(appId ?? '', fresh)).code).toBe(0);

    const certificate = await runCli(
      'sp credential add keys --credential-file c.pem -o json'.split(' '),
      world,
    );
    expect(await readFile(join(world.cwd, 'c.pem'), 'utf8')).toMatch(/PRIVATE KEY[\s\S]*BEGIN CERTIFICATE/);
    const { id } = json(certificate.stdout);
    // The file holds both parts: only the certificate is sent, and the application has it already.
    const own = await runCli('sp credential add keys --certificate c.pem -o json'.split(' '), world);
    expect(json(own.stdout)).toMatchObject({ kind: 'certificate', id, created: false });
    const list = async () => json((await runCli('sp credential list keys -o json'.split(' '), world)).stdout);
    expect(await list()).toMatchObject({ credentials: [{ kind: 'secret' }, { kind: 'certificate', id }] });
    const remove = ['sp', 'credential', 'remove', 'keys', String(id), '--yes', '-o', 'json'];
    expect(json((await runCli(remove, world)).stdout)).toEqual({ id, removed: true });
    expect(json((await runCli(remove, world)).stdout)).toEqual({ id, removed: false });
    expect(await list()).toMatchObject({ credentials: [{ kind: 'secret' }] });
  });
});

describe('what takes something away', () => {
  it('asks a person, does nothing after a no, and wants --yes where nobody can be asked', async () => {
    const world = await admin();
    await runCli('sp create-for-rbac --unique-name kept --issuer https://i --subject s'.split(' '), world);
    const unasked = await runCli(['sp', 'delete', 'kept'], world);
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('--yes')]);
    const asked: string[] = [];
    const answering = (answer: boolean) => ({
      ...world,
      context: {
        mayAsk: true,
        messages: korean,
        askYes: (question: string) => {
          asked.push(question);
          return Promise.resolve(answer);
        },
      },
    });
    expect((await runCli(['sp', 'delete', 'kept'], answering(false))).code).toBe(130);
    expect((await runCli(['sp', 'delete', 'kept', '--no-input'], answering(true))).code).toBe(2);
    expect((await runCli(['sp', 'show', 'kept'], world)).code).toBe(0);
    expect((await runCli(['sp', 'delete', 'kept'], answering(true))).code).toBe(0);
    expect(asked).toEqual([expect.stringContaining('kept'), expect.stringContaining('삭제')]);
    expect((await runCli(['sp', 'show', 'kept'], world)).code).toBe(6);
  });
});

describe('the credential that options describe', () => {
  it.each([
    [{}, undefined, '--credential-file'],
    [{ branch: 'main' }, undefined, '--github'],
    [{ github: 'contoso/ml' }, undefined, 'GitHub Actions'],
    [{ github: 'contoso/ml/more', branch: 'main' }, undefined, 'no repository'],
    [{ github: 'contoso/ml', branch: 'main', issuer: 'https://i' }, undefined, '--issuer'],
    [{ issuer: 'https://i' }, undefined, 'a subject'],
    [{ issuer: 'https://i', subject: 's', credential: 'secret' as const }, undefined, 'no key'],
    [{ credential: 'federated' as const, days: 3 }, undefined, 'no end'],
    [{ credential: 'secret' as const }, 'PEM', 'no certificate'],
    [{ days: 3 }, 'PEM', 'its own end'],
  ])('is none for %j', (flags, certificate, hint) => {
    expect(() => credentialRequest({ pullRequest: false, ...flags }, certificate)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
    try {
      credentialRequest({ pullRequest: false, ...flags }, certificate);
    } catch (error) {
      const { message, remedy } = error as { message: string; remedy: string };
      expect(`${message} ${remedy}`).toContain(hint);
    }
  });

  it('is a certificate of theirs, a new one, a secret or a federated one', () => {
    expect(keyRequest({}, 'PEM')).toMatchObject({ kind: 'certificate', certificate: 'PEM' });
    expect(keyRequest({ credentialFile: 'f', days: 9 })).toMatchObject({
      kind: 'certificate',
      lifetimeDays: 9,
    });
    expect(keyRequest({ credential: 'secret' })).toMatchObject({ kind: 'secret' });
    expect(() => keyRequest({ credential: 'federated' })).toThrow('not meant');
    expect(credentialRequest({ github: 'contoso/ml', pullRequest: true })).toMatchObject({
      subject: 'repo:contoso/ml:pull_request',
    });
  });

  it.each([
    ['sp create-for-rbac', 'which application'],
    ['sp create-for-rbac --name a --unique-name b --application c', 'which application'],
    ['sp create-for-rbac --name a --github o/r --branch main --sdk-auth', 'no place'],
    ['sp credential add x --certificate nothing.pem', 'ENOENT'],
    ['sp credential add x --credential secret --days 0', 'from 1 to 3650'],
  ])('is refused before anything is sent: %s', async (line, hint) => {
    const before = emulator.requests.length;
    const { code, stdout, stderr } = await runCli(wordsOf(line), await admin());
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(hint)]);
    expect(emulator.requests.length).toBe(before);
  });
});

it.each<[string, Json, unknown[]]>([
  [
    'sp create-for-rbac -n x --role r --scopes a --scopes b --sdk-auth',
    { name: 'x', role: 'r', scopes: ['a', 'b'], sdkAuth: true, pullRequest: false },
    [],
  ],
  ['sp show x', { output: 'table' }, ['x']],
  ['sp list --filter f', { filter: 'f' }, []],
  ['sp delete x -y --keep-application', { yes: true, keepApplication: true }, ['x']],
  ['sp credential list x', {}, ['x']],
  ['sp credential add x --days 3', { days: 3 }, ['x']],
  ['sp credential remove x id', { yes: false }, ['x', 'id']],
  ['sp credential rotate x --replace a --keep-old', { replace: ['a'], keepOld: true }, ['x']],
])('%s is parsed', async (line, flags, args) => {
  const parsed = await parseCli(line.split(' '));
  expect(parsed?.flags).toMatchObject(flags);
  expect(parsed?.args).toEqual(args);
});
