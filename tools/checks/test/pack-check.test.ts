import { join } from 'node:path';
import { expect, test } from 'vitest';
import { budgetProblems } from '../src/pack/budget-problems.ts';
import { expectedFiles, fileProblems, packedFiles, packedManifest } from '../src/pack/expected-files.ts';
import { installedPackages, installedProblems, npmPackages } from '../src/pack/installed-packages.ts';
import { manifestProblems } from '../src/pack/manifest-problems.ts';
import { bundledThirdParties, noticeProblems } from '../src/pack/notice-problems.ts';
import { publintProblems } from '../src/pack/pack-check.ts';
import type { Project } from '../src/workspace/read-projects.ts';
import { fixture } from './fixture.ts';

const manifest = {
  name: 'a',
  version: '1.0.0',
  type: 'module',
  license: 'MIT',
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
};
const sources = { 'src/index.ts': '', 'src/two.ts': '', 'src/page/index.html': '', LICENSE: 'MIT' };
const good = {
  'package.json': manifest,
  'README.md': 'a',
  LICENSE: 'MIT',
  'dist/index.js': "export const two = () => import('./two-ABC.js');",
  'dist/index.js.map': '{}',
  'dist/two-ABC.js': 'export const two = 2;',
  'dist/two-ABC.js.map': '{}',
  'dist/index.d.ts': '',
  'dist/two.d.ts': '',
  'dist/page/index.html': '',
};

async function problemsOf(files: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const root = await fixture(Object.fromEntries(Object.entries(sources).map(([k, v]) => [`a/${k}`, v])));
  const packed = await fixture(files);
  const packedAs = await packedManifest(packed);
  const project: Project = { dir: 'a', shortName: 'a', manifest: packedAs, published: true };
  return [
    ...manifestProblems(packedAs),
    ...fileProblems(await expectedFiles(root, project, packed), await packedFiles(packed)),
  ];
}

test('a clean package passes, with what its entry loads later and what lies beside its sources', async () => {
  expect(await problemsOf(good)).toEqual([]);
});

test.each([
  ['build information', { 'dist/tsconfig.tsbuildinfo': '{}' }, 'dist/tsconfig.tsbuildinfo belongs to no'],
  ['sources', { 'src/index.ts': '' }, 'src/index.ts belongs to no'],
  ['a script of an older build', { 'dist/two-OLD.js': '' }, 'dist/two-OLD.js belongs to no'],
  ['a declaration of a file that is gone', { 'dist/three.d.ts': '' }, 'dist/three.d.ts belongs to no'],
  ['a page outside dist', { 'page/index.html': '' }, 'page/index.html belongs to no'],
  [
    'an install script',
    { 'package.json': { ...manifest, scripts: { postinstall: 'x' } } },
    'it has the script "postinstall"',
  ],
  [
    'a range of this workspace',
    { 'package.json': { ...manifest, dependencies: { b: 'workspace:^' } } },
    'it depends on b as "workspace:^"',
  ],
  [
    'a range of the catalog',
    { 'package.json': { ...manifest, peerDependencies: { b: 'catalog:' } } },
    'it depends on b as "catalog:"',
  ],
])('%s in a package is found', async (_case, change, expected) => {
  expect(await problemsOf({ ...good, ...change })).toEqual([expect.stringContaining(expected)]);
});

test.each(['LICENSE', 'dist/two.d.ts', 'dist/index.js.map', 'dist/page/index.html'])(
  'a package without %s is found',
  async (file) => {
    const rest = Object.fromEntries(Object.entries(good).filter(([name]) => name !== file));
    expect(await problemsOf(rest)).toEqual([`${file} is missing`]);
  },
);

test('what an installation would run, and licences that nobody looked at, are found', async () => {
  const at = (name: string): string => `node_modules/.pnpm/${name}@1.0.0/node_modules/${name}`;
  const home = await fixture({
    [`${at('fine')}/package.json`]: { name: 'fine', version: '1.0.0', license: 'ISC' },
    [`${at('runs')}/package.json`]: {
      name: 'runs',
      version: '1.0.0',
      license: 'MIT',
      scripts: { install: 'x', test: 'y' },
    },
    [`${at('built')}/package.json`]: { name: 'built', version: '1.0.0', license: 'GPL-3.0-only' },
    [`${at('built')}/binding.gyp`]: '',
  });
  expect((await installedPackages(join(home))).length).toBe(3);
  expect([...installedProblems(await installedPackages(home))].sort()).toEqual([
    'built@1.0.0, which comes with it, has native code that is built when installed',
    'built@1.0.0, which comes with it, has the licence GPL-3.0-only',
    'runs@1.0.0, which comes with it, has the script "install"',
  ]);
});

test('a script of a package is found however deep npm put it', async () => {
  const home = await fixture({
    'node_modules/@a/outer/package.json': { name: '@a/outer', version: '1.0.0', license: 'MIT' },
    'node_modules/@a/outer/node_modules/inner/package.json': {
      name: 'inner',
      version: '1.0.0',
      license: 'MIT',
      scripts: { postinstall: 'x' },
    },
    'node_modules/@a/outer/dist/package.json': { type: 'module' },
  });
  expect(installedProblems(await npmPackages(home))).toEqual([
    'inner@1.0.0, which comes with it, has the script "postinstall"',
  ]);
});

test('a package above its budget is found, and one without a budget', () => {
  const budget = { packed: 10, unpacked: 20, bundled: 30, modules: 1 };
  expect(budgetProblems(budget, budget)).toEqual([]);
  expect(budgetProblems({ ...budget, modules: 2 }, budget)).toEqual(['modules is 2, and its budget 1']);
  expect(budgetProblems(budget, undefined)).toEqual([expect.stringContaining('it has no budget')]);
});

test('exports that lead to no file are found by publint', async () => {
  const { 'dist/index.js': _file, ...rest } = good;
  expect(await publintProblems(await fixture(rest))).toContainEqual(expect.stringMatching(/does not exist/));
});

const inStore = 'node_modules/.pnpm/@b+c@1.2.0_d@3.0.0/node_modules/@b/c';
const bundling = {
  ...good,
  'dist/index.js.map': { sources: ['../src/index.ts', `../../../${inStore}/index.js`] },
};
const licence = `Copyright B. ${'Permission is granted. '.repeat(20)}`;
const notices = (name: string, text: string): string => `Head\n\n${'='.repeat(80)}\n\n${name}\n\n${text}\n`;

test('code of others ships with its licence, and nothing else is named', async () => {
  const packed = { ...bundling, 'dist/THIRD-PARTY-NOTICES.txt': notices('@b/c@1.2.0', licence) };
  expect(await problemsOf(packed)).toEqual([]);
  expect(await bundledThirdParties(await fixture(packed))).toEqual(['@b/c@1.2.0']);
  expect(await noticeProblems(await fixture(packed), ['@b/c'])).toEqual([]);
  expect(await problemsOf(bundling)).toEqual(['dist/THIRD-PARTY-NOTICES.txt is missing']);
});

test.each([
  ['no notices', bundling, ['@b/c@1.2.0 is bundled, and']],
  [
    'a notice of another version',
    { ...bundling, 'dist/THIRD-PARTY-NOTICES.txt': notices('@b/c@1.1.0', licence) },
    ['@b/c@1.2.0 is bundled, and', 'names @b/c@1.1.0, which is not bundled'],
  ],
  [
    'a notice without a licence',
    { ...bundling, 'dist/THIRD-PARTY-NOTICES.txt': notices('@b/c@1.2.0', 'MIT') },
    ['@b/c@1.2.0 is bundled, and'],
  ],
  [
    'code from a place without a version',
    { ...good, 'dist/index.js.map': { sources: ['../node_modules/b/index.js'] } },
    ['b is bundled, and'],
  ],
])('%s for bundled code is found', async (_case, files, expected) => {
  const found = await noticeProblems(await fixture(files), [
    expected[0]?.startsWith('b ') === true ? 'b' : '@b/c',
  ]);
  expect(found.map((text, index) => text.includes(expected[index] ?? ' none '))).toEqual(
    expected.map(() => true),
  );
});

test.each([
  ['code of others that nobody expects', bundling, [], 'code of @b/c is in it, unexpectedly'],
  [
    'expected code that is not seen',
    { ...good, 'dist/index.js.map': { sources: ['../src/index.ts'] } },
    ['@b/c'],
    'no code of @b/c was found in it',
  ],
  ['a package whose maps say nothing', good, [], 'no source map says what its scripts are made of'],
])('%s is found', async (_case, files, expected, problem) => {
  expect(await noticeProblems(await fixture(files), expected)).toContain(problem);
});
