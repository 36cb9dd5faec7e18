import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';

const folder = join(import.meta.dirname, '..');
// The Node.js that runs the tests, before any other that the machine has.
const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter);
// What the README promises.
const [promised = ''] =
  /(?<=```text\n)[^]*?(?=```)/.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];

test('prints what the README says, with no setting at all', () => {
  const env = { ...process.env, PATH };
  const run = spawnSync('npm', ['--silent', 'start'], { cwd: folder, encoding: 'utf8', env });
  assert.equal(run.stdout, promised, run.stderr);
  assert.equal(run.status, 0);
});

test('says what is missing when it is started without settings', () => {
  const run = spawnSync(process.execPath, ['src/main.ts'], { cwd: folder, encoding: 'utf8', env: { PATH } });
  assert.match(run.stderr, /^AML_CONFIG_INVALID: clientSecret is missing or empty\.\nNext: /);
  assert.equal(run.status, 1);
});
