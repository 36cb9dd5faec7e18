import { existsSync, statSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

interface Page {
  readonly ids: ReadonlySet<string>;
  readonly links: readonly string[];
}

/**
 * What is wrong with the links of a folder of HTML: relative ones lead to a file and to an element of it, others are
 * well-formed addresses by https. No host is asked. A page may not load anything from elsewhere.
 */
export async function brokenLinks(folder: string): Promise<readonly string[]> {
  const pages = new Map<string, Page>();
  for await (const file of glob('**/*.html', { cwd: folder })) {
    pages.set(file, readPage(await readFile(join(folder, file), 'utf8')));
  }
  const findings = [...pages].flatMap(([file, { links }]) =>
    links.flatMap((link) => {
      const what = linkProblem(folder, file, link, pages);
      return what === undefined ? [] : [`${file}: ${link} ${what}`];
    }),
  );
  return [...new Set(findings)].sort();
}

function linkProblem(
  folder: string,
  file: string,
  link: string,
  pages: ReadonlyMap<string, Page>,
): string | undefined {
  if (/^(mailto|data):/.test(link)) return undefined;
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(link)) {
    return URL.canParse(link) && new URL(link).protocol === 'https:' ? undefined : 'is no address by https';
  }
  const [path = '', anchor = ''] = link.split('#', 2);
  const name = path.split('?', 1)[0] ?? '';
  const target = name === '' ? join(folder, file) : join(folder, dirname(file), decodeURI(name));
  if (relative(folder, target).startsWith('..')) return 'leads out of the site';
  if (!existsSync(target) || statSync(target).isDirectory()) return 'leads to no file';
  const page = pages.get(relative(folder, target));
  if (anchor === '' || page === undefined || page.ids.has(decodeURIComponent(anchor))) return undefined;
  return 'leads to no element';
}

function readPage(html: string): Page {
  const ids = new Set<string>();
  const links: string[] = [];
  const queue: Node[] = [parse(html)];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if ('childNodes' in node) queue.push(...node.childNodes);
    if (!('attrs' in node)) continue;
    for (const { name, value } of node.attrs) {
      if (name === 'id') ids.add(value);
      if (name === 'href' || name === 'src') links.push(value);
    }
  }
  return { ids, links };
}
