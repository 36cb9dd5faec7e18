import { expect, test } from 'vitest';
import { exportsCheck } from '../src/exports/exports-check.ts';
import { fixture, lines } from './fixture.ts';

const entry = { types: './dist/index.d.ts', default: './dist/index.js' };
const exports = { '.': { '@aml-auth/source': './src/index.ts', ...entry } };
const good = {
  'packages/a/package.json': { name: '@x/a', exports, publishConfig: { exports: { '.': entry } } },
  'packages/a/README.md': 'Use `@x/a`.',
  'packages/a/src/index.ts': "export { one } from './one.js';\n",
  'packages/a/dist/index.js': '',
  'packages/a/dist/index.d.ts': '',
};

test('a package that keeps its word passes', async () => {
  expect(await exportsCheck.run(await fixture(good))).toEqual([]);
});

test.each([
  ['a star export', { 'packages/a/src/index.ts': "export * from './one.js';" }, /index\.ts:1: .*by name/],
  ['a default export', { 'packages/a/src/index.ts': '\nexport default 1;' }, /index\.ts:2: .*by name/],
  ['a subpath that the README leaves out', { 'packages/a/README.md': 'Hello.' }, /@x\/a is exported but not/],
  [
    'exports that differ when published',
    {
      'packages/a/package.json': {
        name: '@x/a',
        exports,
        publishConfig: { exports: { '.': './dist/index.js' } },
      },
    },
    /publishConfig\.exports differs/,
  ],
  [
    'a source condition that would be published',
    { 'packages/a/package.json': { name: '@x/a', exports } },
    /publishConfig\.exports is missing/,
  ],
  [
    'a program that was not built',
    { 'packages/a/package.json': { name: '@x/a', bin: { a: './dist/main.js' } } },
    /dist\/main\.js is exported but does not exist/,
  ],
])('%s is found', async (_case, change, expected) => {
  const found = lines(await exportsCheck.run(await fixture({ ...good, ...change })));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(expected);
});
