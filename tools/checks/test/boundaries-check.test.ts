import { existsSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { checkProbes } from '../src/boundaries/boundaries-check.ts';
import type { Probe } from '../src/boundaries/probes.ts';
import { fixture, lines } from './fixture.ts';

const BAN = 'no-restricted-imports';
const config = (rules: object, head = ''): Record<string, string> => ({
  'eslint.config.mjs': `${head}\nexport default [{ files: ['**/*.ts'], rules: ${JSON.stringify(rules)} }];`,
  'src/index.ts': '',
});
const forbidden: Probe = { folder: 'src', text: "import 'node:fs';\n", caughtBy: BAN };
const allowed: Probe = { folder: 'src', text: "import './index.js';\n", caughtBy: undefined };

/** Runs the real ESLint in a small repository of its own. */
async function check(files: Record<string, string>, probes: readonly Probe[]): Promise<string[]> {
  const root = await fixture(files);
  await symlink(resolve(import.meta.dirname, '../../../node_modules'), join(root, 'node_modules'));
  const found = lines(await checkProbes(root, probes));
  expect(existsSync(join(root, 'src/boundary-probe-1.ts'))).toBe(false);
  return found;
}

test('fences that hold pass, and the probes are gone afterwards', async () => {
  expect(await check(config({ [BAN]: ['error', 'node:fs'] }), [forbidden, allowed])).toEqual([]);
});

test('a fence that is down is found', async () => {
  expect(await check(config({}), [forbidden])).toEqual([`src: ${BAN} lets this pass: import 'node:fs';`]);
});

test('a fence in the wrong place is found', async () => {
  expect(await check(config({ [BAN]: ['error', './index.js'] }), [allowed])).toEqual([
    `src: ${BAN} refuses this: import './index.js';`,
  ]);
});

test('a rule that is skipped counts as down', async () => {
  const skipping = config(
    {},
    "console.log('No cached ProjectGraph is available. The rule will be skipped.');",
  );
  expect(await check(skipping, [allowed])).toEqual([
    'eslint: it skips the boundaries for want of a project graph',
  ]);
});

test('a lint that does not run counts as down', async () => {
  const [found] = await check(config({}, "throw new Error('broken config');"), [allowed]);
  expect(found).toMatch(/^src: lint did not run: .*broken config/s);
});
