import { expect, it } from 'vitest';
import { amlAuth } from './support/aml-auth.js';

it('shows every workflow for real, and no token', async () => {
  const { code, stdout, stderr } = await amlAuth(['demo']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('No Azure account is touched.');
  const titles = stdout.split('\n').filter((line) => /^\d+\. /.test(line));
  expect(titles).toHaveLength(17);
  expect(stdout).toMatch(/status 403, AuthorizationFailed/);
  expect(stdout).toMatch(/"AzureML Data Scientist".*workspaces\/\*\/delete.*workspaces\/delete/);
  expect(stdout).toMatch(/error AML_CREDENTIAL_REJECTED \(AADSTS7000215\)/);
  expect(stdout).toContain('next: Make a new secret with "az ad app credential reset');
  expect(stdout).toMatch(/The receipt takes it back \(1 of 1\), and bob@contoso is refused again/);
  expect(stdout).toMatch(/policy "no contractors"/);
  expect(stdout).toMatch(/\nWORKFLOW +WHAT WAS SHOWN +ENTRA +ARM +OTHER +MS +RESULT\n/);
  expect(stdout).toMatch(/\nshared-cache +\D+ +1 +0 +0 +\d+ +ok\n/);
  expect(stdout).not.toMatch(/eyJ[\w-]{10}/);
});

it('shows one workflow, in Korean or as JSON, and says what it has', async () => {
  const [korean, json, list, unknown] = await Promise.all([
    amlAuth(['demo', '--only', 'expiry', '--lang', 'ko']),
    amlAuth(['demo', '--only', 'azure-cli', '--only', 'client-secret', '-o', 'json'], { env: { PATH: '' } }),
    amlAuth(['demo', '--list', '-o', 'json', '--query', 'workflows[].name']),
    amlAuth(['demo', '--only', 'everything']),
  ]);
  expect([korean.code, korean.stdout]).toEqual([0, expect.stringMatching(/1\. 토큰이 만료되고[\s\S]*성공/)]);
  expect(json.code).toBe(0);
  expect(JSON.parse(json.stdout)).toMatchObject({
    ok: true,
    workflows: [
      {
        name: 'client-secret',
        result: 'ok',
        requests: { entra: 2, resourceManager: 1, graph: 0, identity: 0 },
      },
      { name: 'azure-cli', result: 'skipped', reason: 'the Azure CLI (az) is not installed.' },
    ],
  });
  expect(JSON.parse(list.stdout)).toContain('share-workspace');
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('custom-role')]);
});
