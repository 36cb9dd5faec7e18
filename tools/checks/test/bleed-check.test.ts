import { expect, test } from 'vitest';
import { checkBleed } from '../src/bleed/bleed-check.ts';
import { fixture, lines } from './fixture.ts';

const manifest = { name: '@x/a', type: 'module', exports: { '.': './dist/index.js' } };
const heavy = {
  'packages/a/node_modules/heavy/package.json': { name: 'heavy', main: 'index.cjs' },
  'packages/a/node_modules/heavy/index.cjs': 'module.exports = {};',
};

async function bleedOf(code: string, rule: Parameters<typeof checkBleed>[1][string]): Promise<string[]> {
  const files = { 'packages/a/package.json': manifest, 'packages/a/dist/index.js': code, ...heavy };
  return lines(await checkBleed(await fixture(files), { '@x/a': rule }));
}

test('a package that loads another one than its rule allows is found', async () => {
  expect(await bleedOf("import 'heavy';", { loads: [] })).toEqual(['@x/a: importing it loads heavy']);
  expect(await bleedOf("import 'heavy';", { loads: ['heavy'] })).toEqual([]);
});

test('a package that is imported on first use does not count', async () => {
  expect(await bleedOf("export const use = () => import('heavy');", { loads: [] })).toEqual([]);
});

test('a module of Node.js counts where the rule names those that may be loaded', async () => {
  const code = "import 'node:path'; import 'fs';";
  expect(await bleedOf(code, { loads: [] })).toEqual([]);
  expect(await bleedOf(code, { loads: [], builtins: ['node:path'] })).toEqual([
    '@x/a: importing it loads node:fs',
  ]);
  const later = "export const use = () => process.getBuiltinModule('node:fs');";
  expect(await bleedOf(later, { loads: [], builtins: [] })).toEqual([]);
});

test('a package for everywhere may not touch Node.js, and not even later', async () => {
  const [found] = await bleedOf("import 'node:fs';", { loads: [], everywhere: true });
  expect(found).toMatch(/does not bundle without Node\.js: .*node:fs/);
  expect(await bleedOf("export const use = () => import('heavy');", { loads: [], everywhere: true })).toEqual(
    ['@x/a: bundling it takes in heavy'],
  );
});

test('a file that does not load is found', async () => {
  expect(await bleedOf("import './missing.js';", { loads: [] })).toEqual([
    expect.stringMatching(/^@x\/a: it does not load: .*missing\.js/),
  ]);
});

test('a published package needs a rule', async () => {
  const root = await fixture({ 'packages/a/package.json': manifest, 'packages/a/dist/index.js': '' });
  expect(lines(await checkBleed(root, {}))).toEqual(['packages/a: no rule says what importing it may load']);
});

test('a program is started, and what it loads before it does anything counts', async () => {
  const root = await fixture({
    'apps/a/package.json': { name: '@x/a', type: 'module', bin: { a: './main.js' } },
    'apps/a/main.js': "import './other/index.js';",
    'apps/a/other/package.json': { name: 'other' },
    'apps/a/other/index.js': '',
  });
  expect(lines(await checkBleed(root, { '@x/a': { loads: [] } }))).toEqual(['a: starting it loads other']);
});
