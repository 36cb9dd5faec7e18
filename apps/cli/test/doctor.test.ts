import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../src/commands/doctor/diagnose.js';
import type { Facts } from '../src/commands/doctor/facts.js';
import type { Finding } from '../src/commands/doctor/finding.js';
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
  hosts: [{ name: 'login', origin: 'https://login', skewMs: 400 }],
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
  store: { directory: '/c', tier: 'keyring', keyIds: ['k'], skipped: [] },
  verification: { readable: 1, expired: 0, problems: [] },
  openFiles: [],
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
    ['files', 'failed', { openFiles: [{ path: '/a.json', mode: 0o600 }] }, /\/a\.json/],
    ['files', 'failed', { localProblem: error }, /secret is wrong/],
    [
      'workspace-roles',
      'failed',
      { access: { value: { workspace: 'ml', roles: [], canRead: false } } },
      /ml: no role/,
    ],
    ['workspace-roles', 'skipped', { access: undefined }, /no workspace/],
    ['metadata-service', 'skipped', {}, /not asked/],
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
      variables: 'ok',
      files: 'ok',
      'token-store': 'ok',
      token: 'ok',
      chain: 'ok',
      'workspace-roles': 'ok',
    });
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
