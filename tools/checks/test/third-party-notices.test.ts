import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { expect, test } from 'vitest';
import { fixture } from './fixture.ts';

// What builds are set up with belongs to no project, so it is loaded by its place.
const { thirdPartyNotices, NOTICES } = (await import(
  String(new URL('../../../third-party-notices.base.ts', import.meta.url))
)) as { thirdPartyNotices: (texts: string) => Plugin; NOTICES: string };

const used = {
  name: '@o/used',
  version: '1.2.0',
  license: 'MIT',
  type: 'module',
  sideEffects: false,
  exports: './index.js',
  author: { name: 'An Author' },
  repository: { type: 'git', url: 'git+https://example.com/used.git' },
};
const files = {
  'src/index.js': "import { a } from '@o/used';\nimport { b } from 'unused';\nexport const c = a;\n",
  'node_modules/@o/used/package.json': used,
  'node_modules/@o/used/index.js': 'export const a = Math.random();',
  'node_modules/@o/used/LICENSE': 'Text of the licence.\n\n',
  'node_modules/unused/package.json': {
    name: 'unused',
    version: '1.0.0',
    type: 'module',
    sideEffects: false,
  },
  'node_modules/unused/index.js': 'export const b = 1;',
  'LICENSES/Apache-2.0.txt': '\n\nKnown text.\n',
};

const LICENCE = 'node_modules/@o/used/LICENSE';
const withoutText = Object.fromEntries(Object.entries(files).filter(([name]) => name !== LICENCE));

/** Builds as packages are built, and answers with the notices. */
async function noticesOf(sources: Readonly<Record<string, unknown>>): Promise<string | undefined> {
  const root = await fixture(sources);
  await build({
    entryPoints: [join(root, 'src/index.js')],
    outdir: join(root, 'dist'),
    bundle: true,
    format: 'esm',
    logLevel: 'silent',
    plugins: [thirdPartyNotices(join(root, 'LICENSES'))],
  });
  const file = join(root, 'dist', NOTICES);
  return existsSync(file) ? readFile(file, 'utf8') : undefined;
}

test('a build names the packages whose code it took, with their licences, and no other', async () => {
  const [head, ...notices] = (await noticesOf(files))?.split(`\n\n${'='.repeat(80)}\n\n`) ?? [];
  expect(head).toMatch(/under their own licences/);
  expect(notices).toEqual([
    [
      '@o/used@1.2.0',
      'License: MIT',
      'Author: An Author',
      'Source: git+https://example.com/used.git',
      '',
      'Text of the licence.',
      '',
    ].join('\n'),
  ]);
});

test('every text that a package has of its licence and of copyright ships, in their order', async () => {
  const more = { 'node_modules/@o/used/NOTICE.md': 'Made by O.', 'node_modules/@o/used/licenses.js': '' };
  expect(await noticesOf({ ...files, ...more })).toMatch(/Text of the licence\.\n\nMade by O\.\n$/);
});

test('a package without a text gets the one that its licence is known by', async () => {
  const manifest = { ...used, license: 'Apache-2.0' };
  const text = await noticesOf({ ...withoutText, 'node_modules/@o/used/package.json': manifest });
  expect(text).toMatch(/License: Apache-2\.0\n[^]*\n\nKnown text\.\n$/);
});

test('a build that takes nothing of others writes no notices', async () => {
  const own = { 'src/index.js': "export { b } from './b.js';", 'src/b.js': 'export const b = 1;' };
  expect(await noticesOf({ ...files, ...own })).toBeUndefined();
});

test.each([
  ['names no licence', { ...used, license: undefined }, /@o\/used names no licence/],
  [
    'has a licence whose text nobody has',
    { ...used, license: 'X-1.0' },
    /ships no text of its licence X-1\.0/,
  ],
])('a package that %s cannot be bundled', async (_case, manifest, expected) => {
  const sources = { ...withoutText, 'node_modules/@o/used/package.json': manifest };
  await expect(noticesOf(sources)).rejects.toThrow(expected);
});
