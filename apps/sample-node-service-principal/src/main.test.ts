import { spawnSync } from 'node:child_process';
import { dirname, delimiter } from 'node:path';
import { expect, it } from 'vitest';

const folder = new URL('..', import.meta.url);
// The Node.js that runs the tests, before any other that the machine has.
const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter);

it('prints the workspace of the emulator, with no setting at all', () => {
  const run = spawnSync('npm', ['--silent', 'start'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH },
  });
  expect(run.stdout).toMatch(/^workspace {2}ws1\nlocation {3}westeurope\nidentity {3}SystemAssigned\n/);
  expect(run.status).toBe(0);
});

it('says what is missing when it is started without settings', () => {
  const run = spawnSync(process.execPath, ['src/main.ts'], { cwd: folder, encoding: 'utf8', env: { PATH } });
  expect(run.stderr).toMatch(/^AML_CONFIG_INVALID: clientSecret is missing or empty\.\nNext: /);
  expect(run.status).toBe(1);
});
