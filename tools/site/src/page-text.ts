import { dirname, join, normalize } from 'node:path/posix';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';

/** A Markdown file on its way into the site. */
export interface PageText {
  /** Its first heading. */
  readonly title: string;
  /** The same text; its links to files that are no pages lead to the repository. */
  readonly text: string;
}

/**
 * Makes a page of a Markdown file.
 *
 * @param file - from the root of the repository
 * @param isPage - whether a file, from the root of the repository, is a page of the site
 * @param sourcesUrl - below which other files can be read
 * @throws Error where the file has no heading to be called by
 */
export function pageText(
  file: string,
  source: string,
  isPage: (file: string) => boolean,
  sourcesUrl: string,
): PageText {
  let title: string | undefined;
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  visit(fromMarkdown(source), (node: Nodes) => {
    if (node.type === 'heading') title ??= toString(node);
    if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return;
    const url = outsideUrl(file, node.url, isPage, sourcesUrl);
    const [from, to] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
    const start = source.lastIndexOf(node.url, to);
    if (url !== undefined && start >= from) edits.push({ start, end: start + node.url.length, text: url });
  });
  if (title === undefined) throw new Error(`${file} has no heading.`);
  let text = source;
  for (const edit of edits.reverse()) text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return { title, text };
}

/** Where a link leads that leads out of the site; undefined for all that stay as they are. */
function outsideUrl(
  file: string,
  url: string,
  isPage: (file: string) => boolean,
  sourcesUrl: string,
): string | undefined {
  if (/^([a-z][a-z\d+.-]*:|#|$)/i.test(url)) return undefined;
  const [path = '', anchor] = url.split('#', 2);
  const target = normalize(join(dirname(file), path));
  if (isPage(target)) return undefined;
  const clean = target.replace(/\/$/, '');
  return `${sourcesUrl}/${clean}${anchor === undefined ? '' : `#${anchor}`}`;
}
