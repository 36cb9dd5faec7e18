import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const folder = join(import.meta.dirname, '..');
const workspace = {
  AZUREML_ARM_SUBSCRIPTION: '00000000-0000-0000-0000-000000000001',
  AZUREML_ARM_RESOURCEGROUP: 'rg-ml',
  AZUREML_ARM_WORKSPACE_NAME: 'ws1',
};

test('says that the Azure CLI is not there, and what to do', () => {
  const env = { PATH: import.meta.dirname, ...workspace };
  const run = spawnSync(process.execPath, ['src/main.ts'], { cwd: folder, encoding: 'utf8', env });
  assert.match(run.stderr, /^AML_UNAVAILABLE: The Azure CLI .*\nNext: /);
  assert.equal(run.status, 1);
});
