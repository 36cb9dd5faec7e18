import { expect, test } from 'vitest';
import { publintProblems } from '../src/pack/pack-check.ts';
import { packedProblems } from '../src/pack/packed-problems.ts';
import { fixture } from './fixture.ts';

const manifest = { name: 'a', version: '1.0.0', type: 'module', license: 'MIT', exports: './dist/index.js' };
const good = { 'package.json': manifest, 'README.md': 'a', LICENSE: 'MIT', 'dist/index.js': 'export {};' };

test('a clean package passes', async () => {
  expect(await packedProblems(await fixture(good))).toEqual([]);
});

test('the parts of a page may ship', async () => {
  const page = { 'dist/page/index.html': '', 'dist/page/page.css': '', 'dist/page/icon.svg': '' };
  expect(await packedProblems(await fixture({ ...good, ...page }))).toEqual([]);
});

test.each([
  ['build information', { 'dist/tsconfig.tsbuildinfo': '{}' }, 'dist/tsconfig.tsbuildinfo should not be'],
  ['sources', { 'src/index.ts': '' }, 'src/index.ts should not be'],
  ['a page outside dist', { 'page/index.html': '' }, 'page/index.html should not be'],
  ['tests', { 'dist/a.test.js': '' }, 'dist/a.test.js should not be'],
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
  expect(await packedProblems(await fixture({ ...good, ...change }))).toEqual([
    expect.stringContaining(expected),
  ]);
});

test('a package without its license is found', async () => {
  const { LICENSE: _license, ...rest } = good;
  expect(await packedProblems(await fixture(rest))).toEqual(['LICENSE is missing']);
});

test('exports that lead to no file are found by publint', async () => {
  const { 'dist/index.js': _file, ...rest } = good;
  expect(await publintProblems(await fixture(rest))).toContainEqual(expect.stringMatching(/does not exist/));
});
