import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { brokenLinks } from '../src/broken-links.ts';
import { entryPoints } from '../src/entry-points.ts';
import { pageText } from '../src/page-text.ts';
import { ROOT } from '../src/repository.ts';
import { LANDING_PAGE, SECTIONS, sectionsWith } from '../src/sections.ts';
import { guidesOf } from '../src/stage-pages.ts';

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-site-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

describe('pages', () => {
  const isPage = (file: string): boolean => file === 'docs/b.md';
  const made = (source: string) => pageText('docs/a.md', source, isPage, 'https://x.example/main');

  test('are called by their first heading', () => {
    expect(made('# The `title`\n\n## Another').title).toBe('The title');
    expect(() => made('no heading')).toThrow('docs/a.md has no heading.');
  });

  test('keep links to pages, to themselves and to other hosts', () => {
    const source = '# A\n\n[b](b.md#c) [self](#a) [out](https://y.example/b.md)';
    expect(made(source).text).toBe(source);
  });

  test('lead to the repository where a file is no page', () => {
    const source = '# A\n\n[x](../packages/x.ts#L1), [b](b.md), [x.ts](x.ts)\n\n[d]: ../docs/\n';
    expect(made(source).text).toBe(
      '# A\n\n[x](https://x.example/main/packages/x.ts#L1), [b](b.md), [x.ts](https://x.example/main/docs/x.ts)\n\n' +
        '[d]: https://x.example/main/docs\n',
    );
  });

  test('are all guides of the repository, each once, and all that sections name', async () => {
    const guides = await guidesOf(ROOT);
    const pages = sectionsWith(guides).flatMap((section) => section.pages);
    expect([...pages, LANDING_PAGE].sort()).toEqual([...guides].sort());
    expect(SECTIONS.flatMap((section) => section.pages).filter((page) => !guides.includes(page))).toEqual([]);
  });

  test('that no section names go where their names fit, or to the end', () => {
    const sections = sectionsWith([
      'docs/start.md',
      'docs/new.md',
      'docs/rbac/new.md',
      'docs/rbac/README.md',
    ]);
    expect(sections).toEqual([
      { title: 'Start', pages: ['docs/start.md'] },
      { title: 'See and manage access', pages: ['docs/rbac/README.md', 'docs/rbac/new.md'] },
      { title: 'More', pages: ['docs/new.md'] },
    ]);
  });
});

test('entry points are what packages export, by the name of the import', async () => {
  const exports = { './package.json': './package.json', './b': { '@aml-auth/source': './src/b.ts' } };
  const root = await folderWith({
    'packages/p/package.json': JSON.stringify({ name: '@s/p', exports }),
    'packages/q/package.json': JSON.stringify({ name: '@s/q', private: true, exports }),
  });
  expect(await entryPoints(root)).toEqual([
    { name: '@s/p/b', packageName: '@s/p', file: join(root, 'packages/p/src/b.ts') },
  ]);
});

test.each([
  ['a link to no file', '<a href="c.html">', 'a/index.html: c.html leads to no file'],
  ['a link to no element', '<a href="#x">', 'a/index.html: #x leads to no element'],
  [
    'a link to no element of another page',
    '<a href="../b.html?q#y">',
    'a/index.html: ../b.html?q#y leads to no element',
  ],
  ['a picture that is not there', '<img src="p.png">', 'a/index.html: p.png leads to no file'],
  ['a link out of the site', '<a href="../../x">', 'a/index.html: ../../x leads out of the site'],
  ['an address without encryption', '<a href="http://x.example">', 'http://x.example is no address by https'],
  [
    'a script of a host by its name alone',
    '<script src="//x.example/a.js"></script>',
    'is no address by https',
  ],
])('%s is found', async (_case, html, expected) => {
  const folder = await folderWith({ 'a/index.html': html, 'b.html': '<p id="x">' });
  expect(await brokenLinks(folder)).toEqual([expect.stringContaining(expected)]);
});

test('links that lead somewhere pass, and quotes in texts are no links', async () => {
  const html =
    '<p id="i"><a href="#i"><a href="../b.html#x"><a href="https://x.example"><code>href="none.html"</code>';
  expect(await brokenLinks(await folderWith({ 'a/i.html': html, 'b.html': '<p id="x">' }))).toEqual([]);
});
