import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amlAuth } from './support/aml-auth.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function validate(text: string, ...more: string[]) {
  const file = join(folder, 'seed.yaml');
  await writeFile(file, text);
  return amlAuth(['emulator', 'seed', 'validate', file, ...more]);
}

const VALID = 'tenants:\n- name: fabrikam\n  apps: [{ name: one }]\nsubscriptions: [{ name: dev }]\n';

describe('aml-auth emulator seed validate', () => {
  it('is content with a seed that the emulator starts with', async () => {
    expect(await validate(VALID)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is valid') as string,
      stderr: '',
    });
    expect(JSON.parse((await validate(VALID, '-o', 'json')).stdout)).toEqual({ valid: true, problems: [] });
  });

  it('lists every problem with its place, and ends with 2', async () => {
    const roles =
      'roleAssignments:\n- { principal: app:one, role: Nonsense, scope: /dev }\n- { principal: app:two, role: Reader, scope: /dev }\n';
    const { code, stdout, stderr } = await validate(VALID + roles);
    expect([code, stderr.endsWith('has 2 problems.\n')]).toEqual([2, true]);
    expect(stdout).toMatch(
      /^PLACE +PROBLEM\nroleAssignments\[0\] +There is no role Nonsense\.\nroleAssignments\[1\] /,
    );
    const json = JSON.parse((await validate(VALID + roles, '-o', 'json')).stdout) as unknown;
    expect(json).toMatchObject({
      valid: false,
      problems: [{ path: 'roleAssignments[0]' }, { path: 'roleAssignments[1]' }],
    });
  });

  it('lists what is no setting', async () => {
    const { stdout } = await validate('tenants: [{ nam: x }]\nsubscription: []\n');
    expect(stdout).toContain('tenants[0].nam');
    expect(stdout).toContain('subscription');
  });

  it('names a file that is missing', async () => {
    const { code, stderr } = await amlAuth(['emulator', 'seed', 'validate', join(folder, 'none.yaml')]);
    expect([code, stderr.includes('none.yaml')]).toEqual([2, true]);
  });
});
