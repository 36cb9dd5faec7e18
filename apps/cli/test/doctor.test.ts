import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { AmlAuthError, chinaCloud, publicCloud, usGovernmentCloud, type Cloud } from '@aml-auth/core';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isDataPlaneAddress } from '../src/commands/doctor/data-plane-host.js';
import { diagnose } from '../src/commands/doctor/diagnose.js';
import type { Facts } from '../src/commands/doctor/facts.js';
import type { Finding } from '../src/commands/doctor/finding.js';
import { deadEndpoints, reachMetadataService } from '../src/commands/doctor/gather-endpoints.js';
import { findProgram, findUnsafeFiles, unreadableFiles } from '../src/commands/doctor/gather-machine.js';
import { reachDataPlane } from '../src/commands/doctor/reach-data-plane.js';
import { redactFinding } from '../src/commands/doctor/redact-finding.js';
import { parseCli, runCli } from './support/run-cli.js';
import { freshUser } from './support/signed-in-world.js';

const error = new AmlAuthError({
  code: 'AML_CREDENTIAL_REJECTED',
  message: 'The secret is wrong.',
  remedy: 'Make a new one.',
});
const healthy: Facts = {
  nodeVersion: 'v24.0.0',
  now: 0,
  env: {},
  variables: { dead: [], unreadable: [] },
  hosts: [{ name: 'login', origin: 'https://login', skewMs: 400 }],
  dataPlane: { value: { name: 'machine-learning', origin: 'https://ml' } },
  programs: [{ name: 'az', path: '/usr/bin/az', unsafe: [] }],
  token: {
    value: {
      method: 'clientSecret',
      cloud: 'AzureCloud',
      identity: { kind: 'servicePrincipal' },
      expiresOn: 3_600_000,
    },
  },
  chain: {
    method: 'chain',
    outcome: 'token',
    ms: 1,
    seen: [],
    links: [{ method: 'environment', outcome: 'token', ms: 1, seen: [] }],
  },
  metadata: { answers: true, evidence: 'answers at http://169.254.169.254' },
  store: { directory: '/c', tier: 'keyring', keyIds: ['k'], skipped: [] },
  verification: { readable: 1, expired: 0, problems: [], abandoned: [] },
  unsafeFiles: [],
  localProblem: undefined,
  access: { value: { workspace: 'ml', roles: ['Reader'], canRead: true } },
};
const finding = (id: string, facts: Partial<Facts>): Finding | undefined =>
  diagnose({ ...healthy, ...facts }).find((one) => one.id === id);

describe('a check', () => {
  it('finds nothing where all is well, has an id of its own, and a fix where something is wrong', () => {
    const findings = diagnose(healthy);
    expect(findings.filter(({ status }) => status === 'failed' || status === 'warning')).toEqual([]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
  });

  it.each<[string, string, Partial<Facts>, RegExp]>([
    ['node', 'failed', { nodeVersion: 'v20.1.0' }, /older than 22\.12/],
    ['clock', 'warning', { hosts: [{ name: 'login', origin: 'x', skewMs: 120_000 }] }, /120 s behind/],
    ['clock', 'warning', { hosts: [{ name: 'login', origin: 'x', skewMs: -120_000 }] }, /120 s ahead/],
    ['clock', 'skipped', { hosts: [] }, /No host/],
    [
      'host-login',
      'failed',
      { hosts: [{ name: 'login', origin: 'https://login', problem: 'ENOTFOUND' }] },
      /ENOTFOUND/,
    ],
    ['variables', 'warning', { env: { AZURE_CLIENT_SECRET: 'x' } }, /without tenant and client id/],
    ['variables', 'warning', { env: { IDENTITY_ENDPOINT: 'x' } }, /IDENTITY_ENDPOINT alone/],
    ['variables', 'warning', { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }, /nothing is verified/],
    [
      'program-az',
      'warning',
      { programs: [{ name: 'az', path: '/usr/bin/az', unsafe: ['/opt/open'] }] },
      /\/opt\/open/,
    ],
    ['program-az', 'skipped', { programs: [{ name: 'az', unsafe: [] }] }, /not installed/],
    ['token', 'failed', { token: { error } }, /AML_CREDENTIAL_REJECTED: The secret is wrong/],
    [
      'token-store',
      'warning',
      {
        store: {
          directory: '/c',
          tier: 'memory',
          keyIds: [],
          skipped: [{ tier: 'keyring', reason: 'No service.' }],
        },
      },
      /not kept.*keyring: No service/,
    ],
    [
      'token-store',
      'warning',
      { store: { directory: '/c', tier: 'plaintext', keyIds: [], skipped: [] } },
      /in the clear/,
    ],
    [
      'files',
      'failed',
      { unsafeFiles: [{ path: '/a.json', problem: 'open to others', mode: 0o600 }] },
      /\/a\.json is open to others/,
    ],
    ['files', 'failed', { unsafeFiles: [{ path: '/c', problem: 'a link' }] }, /\/c is a link/],
    [
      'tokens',
      'warning',
      {
        verification: {
          readable: 1,
          expired: 0,
          problems: [],
          abandoned: [
            { file: '/c/x.lease', kind: 'lease' },
            { file: '/c/y.tmp', kind: 'unfinished' },
          ],
        },
      },
      /1 locks, 1 unfinished/,
    ],
    [
      'host-machine-learning',
      'failed',
      {
        dataPlane: {
          value: { name: 'machine-learning', origin: 'https://ml', problem: 'CERT_HAS_EXPIRED' },
        },
      },
      /https:\/\/ml: CERT_HAS_EXPIRED/,
    ],
    [
      'host-machine-learning',
      'failed',
      { dataPlane: { value: { name: 'machine-learning', origin: 'https://ml', problem: 'HTTP 503' } } },
      /HTTP 503/,
    ],
    ['host-machine-learning', 'warning', { dataPlane: { error } }, /secret is wrong/],
    ['host-machine-learning', 'skipped', { dataPlane: undefined }, /no workspace/],
    [
      'clock',
      'warning',
      { hosts: [], dataPlane: { value: { name: 'machine-learning', origin: 'x', skewMs: 120_000 } } },
      /120 s behind/,
    ],
    ['variables', 'warning', { env: { AZURE_USERNAME: 'x' } }, /AZURE_USERNAME without AZURE_PASSWORD/],
    ['variables', 'warning', { variables: { dead: ['MSI_ENDPOINT'], unreadable: [] } }, /left over/],
    [
      'variables',
      'warning',
      { variables: { dead: [], unreadable: ['AZURE_FEDERATED_TOKEN_FILE'] } },
      /cannot be read/,
    ],
    ['files', 'failed', { localProblem: error }, /secret is wrong/],
    [
      'workspace-roles',
      'failed',
      { access: { value: { workspace: 'ml', roles: [], canRead: false } } },
      /ml: no role/,
    ],
    ['workspace-roles', 'skipped', { access: undefined }, /no workspace/],
    ['metadata-service', 'skipped', { metadata: { answers: false, evidence: 'no answer' } }, /no answer/],
  ])('%s is %s where it should be', (id, status, facts, evidence) => {
    const found = finding(id, facts);
    expect(found).toMatchObject({ id, status, evidence: expect.stringMatching(evidence) as string });
    if (status === 'failed' || status === 'warning') expect(found?.fix).toBeTruthy();
  });

  it('tells which link of the chain would win, and why others are skipped or refused', () => {
    const refused = { code: 'AML_CREDENTIAL_REJECTED', message: 'No.', retryable: false } as const;
    const links = [
      { method: 'environment', outcome: 'refused', ms: 1, seen: [], error: refused },
      { method: 'azureCli', outcome: 'notTried', ms: 0, seen: [] },
    ] as const;
    expect(
      finding('chain', { chain: { method: 'chain', outcome: 'refused', ms: 1, seen: [], links } }),
    ).toMatchObject({
      status: 'warning',
      evidence: 'environment: refused (AML_CREDENTIAL_REJECTED: No.); azureCli: notTried',
    });
  });
});

it('a finding can be shown to others: no whole id, no user, no home, no secret', () => {
  const evidence =
    'user alice@contoso.com, tenantId 6d2b4b3c-9f63-4a0e-8f5e-0f6f1c1f2a11, /users/alice/.cache/x, client_secret=very-secret';
  const { evidence: shown } = redactFinding({ id: 'x', status: 'ok', evidence }, '/users/alice');
  expect(shown).toBe('user [user], tenantId 6d2b4b3c-…, ~/.cache/x, client_secret=[redacted]');
});

describe('the data plane', () => {
  it.each<[Cloud, string, boolean]>([
    [publicCloud, 'https://westeurope.api.azureml.ms/discovery', true],
    [publicCloud, 'https://ws.workspace.westeurope.api.azureml.ms/discovery', true],
    [chinaCloud, 'https://chinaeast2.api.ml.azure.cn/discovery', true],
    [usGovernmentCloud, 'https://usgovarizona.api.ml.azure.us/discovery', true],
    [publicCloud, 'https://usgovarizona.api.ml.azure.us/discovery', false],
    [publicCloud, 'https://api.azureml.ms/discovery', false],
    [publicCloud, 'https://westeurope.api.azureml.ms.example.org/discovery', false],
    [publicCloud, 'https://evilapi.azureml.ms/discovery', false],
    [publicCloud, 'http://westeurope.api.azureml.ms/discovery', false],
    [publicCloud, 'https://westeurope.api.azureml.ms:8443/discovery', false],
    [publicCloud, 'https://user@westeurope.api.azureml.ms/discovery', false],
    [{ ...publicCloud, name: 'Private' }, 'https://westeurope.api.azureml.ms/discovery', false],
    [{ ...publicCloud, name: 'Private' }, 'https://management.azure.com/data-plane', true],
  ])('of %o: %s is one: %s', (cloud, address, expected) => {
    expect(isDataPlaneAddress(cloud, new URL(address))).toBe(expected);
  });

  it('is no host that has another ending, whatever it is called', () => {
    fc.assert(
      fc.property(fc.domain(), (host) => {
        expect(isDataPlaneAddress(publicCloud, new URL(`https://${host}/`))).toBe(
          host.toLowerCase().endsWith('.api.azureml.ms'),
        );
      }),
    );
  });

  it('is not asked where the workspace leads out of the cloud', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end('{}');
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { signal } = new AbortController();
    for (const url of [`http://127.0.0.1:${port}/discovery`, `https://127.0.0.1:${port}/discovery`]) {
      await expect(reachDataPlane(publicCloud, url, signal)).rejects.toMatchObject({
        code: 'AML_UNTRUSTED_HOST',
        message: expect.stringContaining('was not asked') as string,
      });
    }
    await expect(reachDataPlane(publicCloud, undefined, signal)).rejects.toMatchObject({
      code: 'AML_RESPONSE_INVALID',
    });
    expect(asked).toBe(0);
    const foreign = new AmlAuthError({
      code: 'AML_UNTRUSTED_HOST',
      message: 'Leads elsewhere.',
      remedy: 'x',
    });
    expect(finding('host-machine-learning', { dataPlane: { error: foreign } })).toMatchObject({
      status: 'failed',
    });
  });
});

describe('what is looked at on the machine', () => {
  const folder = async (): Promise<string> => {
    const path = await mkdtemp(join(tmpdir(), 'aml-auth-doctor-'));
    onTestFinished(() => rm(path, { recursive: true, force: true }));
    return path;
  };

  it.skipIf(process.platform === 'win32')('folders of the PATH in which others could put an az', async () => {
    const [own, open, sticky] = [await folder(), await folder(), await folder()];
    await chmod(open, 0o777);
    await chmod(sticky, 0o1777);
    for (const place of [own, sticky]) await writeFile(join(place, 'az'), '#!/bin/sh\n', { mode: 0o755 });
    const find = (...places: string[]): ReturnType<typeof findProgram> =>
      findProgram('az', { PATH: places.join(delimiter) });
    expect(await find(own)).toEqual({ name: 'az', path: join(own, 'az'), unsafe: [] });
    expect((await find(open, 'bin', '', own)).unsafe).toEqual([open, 'bin', '(the working directory)']);
    // What is there in a sticky folder cannot be replaced; what is not there can be added.
    expect((await find(sticky)).unsafe).toEqual([]);
    await rm(join(sticky, 'az'));
    expect((await find(sticky, own)).unsafe).toEqual([sticky]);
    await chmod(join(own, 'az'), 0o777);
    expect((await find(own)).unsafe).toEqual([join(own, 'az')]);
  });

  it.skipIf(process.platform === 'win32')('a cache that is a link, and folders that are open', async () => {
    const [config, elsewhere] = [await folder(), await folder()];
    const cache = join(config, 'cache');
    await symlink(elsewhere, cache);
    await chmod(config, 0o777);
    const env = { AML_AUTH_CONFIG_DIR: config, AML_AUTH_CACHE_DIR: cache };
    expect(await findUnsafeFiles(env)).toEqual([
      { path: config, problem: 'open to others', mode: 0o700 },
      { path: cache, problem: 'a link' },
    ]);
  });

  it('variables that lead to a server that has ended, or to no file', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const env = {
      IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`,
      MSI_ENDPOINT: 'not an address',
      OBO_ENDPOINT: 'https://elsewhere.example/obo',
      AZURE_FEDERATED_TOKEN_FILE: join(await folder(), 'none'),
    };
    expect(await deadEndpoints(env)).toEqual([]);
    server.close();
    await once(server, 'close');
    expect(await deadEndpoints(env)).toEqual(['IDENTITY_ENDPOINT']);
    expect(await unreadableFiles(env)).toEqual(['AZURE_FEDERATED_TOKEN_FILE']);
  });

  it('the metadata service, which only a refusal without its header proves', async () => {
    let status = 400;
    const server = createServer((request, response) => {
      expect(request.headers.metadata).toBeUndefined();
      response.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { signal } = new AbortController();
    const ask = (host: string): ReturnType<typeof reachMetadataService> =>
      reachMetadataService({ AZURE_POD_IDENTITY_AUTHORITY_HOST: host }, signal, 60_000);
    expect(await ask(`http://127.0.0.1:${port}`)).toMatchObject({ answers: true });
    status = 502;
    expect(await ask(`http://127.0.0.1:${port}/`)).toMatchObject({ answers: false });
    for (const host of ['http://metadata.example', 'x']) {
      expect(await ask(host)).toMatchObject({
        answers: false,
        evidence: expect.stringMatching(/not asked/) as string,
      });
    }
  });
});

describe('aml-auth doctor', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
    trustEmulator(emulator);
  });
  afterAll(() => emulator.close());
  const as = async (app: string): Promise<{ env: Record<string, string> }> => ({
    env: {
      ...(await freshUser(emulator)),
      ...emulator.env(app),
      AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
      AZURE_POD_IDENTITY_AUTHORITY_HOST: emulator.origin.replace('https', 'http'),
      PATH: '',
    },
  });

  it('finds a machine healthy on which everything works, and says so in JSON', async () => {
    const { code, stdout } = await runCli(['doctor', '--json'], await as('auditor'));
    const result = JSON.parse(stdout) as { healthy: boolean; findings: Finding[] };
    expect(result.findings.filter(({ status }) => status === 'failed')).toEqual([]);
    expect([code, result.healthy]).toEqual([0, true]);
    const status = Object.fromEntries(result.findings.map((one) => [one.id, one.status]));
    expect(status).toMatchObject({
      node: 'ok',
      clock: 'ok',
      'host-login': 'ok',
      'host-resource-manager': 'ok',
      'host-machine-learning': 'ok',
      variables: 'ok',
      files: 'ok',
      'token-store': 'ok',
      token: 'ok',
      chain: 'ok',
      'workspace-roles': 'ok',
    });
    // It has a second to answer, which is little where tests take all of the machine.
    expect(['ok', 'skipped']).toContain(status['metadata-service']);
    expect(stdout).not.toContain(emulator.app('auditor').clientId);
    expect(stdout).not.toMatch(/eyJ/);
  });

  it('names what is wrong, with exit code 1 and no secret', async () => {
    const world = await as('auditor');
    const env = { ...world.env, AZURE_CLIENT_SECRET: 'not-the-secret' };
    const { code, stdout } = await runCli(['doctor'], { env });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /FAILED {3}token: AML_CREDENTIAL_REJECTED.*\n {9}fix: .*az ad app credential reset/,
    );
    expect(stdout).not.toContain('not-the-secret');
  });

  it('asks the data plane of the workspace without a token, and says what is wrong there', async () => {
    const world = await as('auditor');
    emulator.faults.add({ match: { path: '/data-plane/*/discovery' }, do: { status: 503 }, times: 1 });
    const before = emulator.requests.length;
    const { code, stdout } = await runCli(['doctor'], world);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /FAILED {3}host-machine-learning: https:\/\/localhost:\d+: HTTP 503\n {9}fix: .*private link/,
    );
    const asked = emulator.requests.slice(before).filter(({ path }) => path.startsWith('/data-plane/'));
    expect(asked.map(({ token }) => token)).toEqual([undefined]);
  });

  it('asks no host that is not of the cloud, whatever the workspace says', async () => {
    const world = await as('auditor');
    const { id, name } = emulator.workspace();
    const body = {
      id,
      name,
      type: 'Microsoft.MachineLearningServices/workspaces',
      location: 'westeurope',
      properties: { discoveryUrl: 'https://127.0.0.1:1/discovery' },
    };
    emulator.faults.add({ match: { path: id, method: 'GET' }, do: { status: 200, body }, times: 1 });
    const { code, stdout } = await runCli(['doctor'], world);
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAILED {3}host-machine-learning: AML_UNTRUSTED_HOST: .*not asked\.\n {9}fix: /);
  });

  it('repairs files with --fix, and only then', async () => {
    const world = await as('auditor');
    const folder = world.env['AML_AUTH_CONFIG_DIR'] ?? '';
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'accounts.json');
    await writeFile(file, '{"version":1,"accounts":[]}');
    await chmod(file, 0o666);
    expect((await runCli(['doctor'], world)).stdout).toMatch(/FAILED {3}files: .*accounts\.json/);
    expect((await stat(file)).mode & 0o777).toBe(0o666);
    const fixed = await runCli(['doctor', '--fix'], world);
    expect([fixed.code, (await stat(file)).mode & 0o777]).toEqual([0, 0o600]);
    expect(fixed.stderr).toContain(`chmod 600 ${file}`);
  });

  it('is parsed', async () => {
    const parsed = await parseCli(['doctor', '--json', '--fix', '--no-redact', '-w', 'ml']);
    expect(parsed?.flags).toMatchObject({ json: true, fix: true, redact: false, workspace: 'ml' });
  });
});
