import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Finding } from '../check.ts';
import { readDocument, type Document } from './read-document.ts';

/** Relative links that lead nowhere: to no file, or to no heading of a Markdown file. */
export async function linkProblems(root: string, document: Document): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { url, line } of document.links) {
    const what = await linkProblem(root, document, url);
    if (what !== undefined) findings.push({ where: `${document.file}:${line}`, what });
  }
  return findings;
}

async function linkProblem(root: string, document: Document, url: string): Promise<string | undefined> {
  if (/^mailto:/i.test(url)) return undefined;
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return addressProblem(url);
  const [path = '', anchor] = url.split('#', 2);
  const target = path === '' ? document.file : normalize(join(dirname(document.file), decodeURI(path)));
  if (path.startsWith('/') || target.startsWith('..')) return `${url} leads out of the repository`;
  if (!existsSync(join(root, target))) return `${url} leads to no file`;
  if (anchor === undefined || !target.endsWith('.md') || statSync(join(root, target)).isDirectory()) {
    return undefined;
  }
  const { anchors } = path === '' ? document : await readDocument(root, target);
  return anchors.has(anchor) ? undefined : `${url} leads to no heading`;
}

/** Other hosts are not asked; an address must have the form of one. */
function addressProblem(url: string): string | undefined {
  return URL.canParse(url) && new URL(url).protocol === 'https:'
    ? undefined
    : `${url} is no address by https`;
}
