import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyRepository } from '../src/generators/copy-repository.ts';
import { generatorsCheck } from '../src/generators/generators-check.ts';
import { allFailures, firstFailure, type Step } from '../src/generators/run-steps.ts';
import { fixture, lines } from './fixture.ts';

const step = (name: string, code: number, said = ''): Step => ({
  name,
  run: () => Promise.resolve({ code, stdout: said, stderr: '' }),
});

test('what fails is found with its last words', async () => {
  expect(
    lines(await allFailures([step('lint', 1, 'a\nb'), step('format', 0), step('tests', 2, 'c')])),
  ).toEqual(['lint: a | b', 'tests: c']);
});

test('nothing is tried after a step that the others need', async () => {
  const tried: string[] = [];
  const noting = (name: string, code: number): Step => ({
    name,
    run: () => {
      tried.push(name);
      return step(name, code, 'no').run();
    },
  });
  const findings = await firstFailure([noting('install', 0), noting('generate', 1), noting('build', 0)]);
  expect(lines(findings)).toEqual(['generate: no']);
  expect(tried).toEqual(['install', 'generate']);
});

test('the copy has sources and builds, and nothing that is installed or recorded', async () => {
  const root = await fixture({
    'package.json': {},
    'dist/site/index.html': '',
    '.git/HEAD': '',
    'node_modules/x/index.js': '',
    'packages/a/src/index.ts': '',
    'packages/a/dist/index.js': '',
    'packages/a/node_modules/b/index.js': '',
  });
  const copy = await copyRepository(root);
  const files: string[] = [];
  for await (const entry of glob('**/*', { cwd: copy.root, withFileTypes: true })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name).slice(copy.root.length + 1));
  }
  expect(files.sort()).toEqual(['package.json', 'packages/a/dist/index.js', 'packages/a/src/index.ts']);
  await copy.remove();
  expect(existsSync(copy.root)).toBe(false);
});

test('a repository that is not built is told so', async () => {
  expect(lines(await generatorsCheck.run(await fixture({ 'package.json': {} })))).toEqual([
    'packages/core/dist: is not there: run "pnpm build" first',
  ]);
});
