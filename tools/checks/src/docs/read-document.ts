import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';

/** A fenced code block. */
export interface CodeBlock {
  /** The first word after the fence, in lower case; empty where there is none. */
  readonly language: string;
  readonly text: string;
  /** The line of its fence. */
  readonly line: number;
}

/** A link or an image. */
export interface Link {
  readonly url: string;
  readonly line: number;
}

/** What the checks need of a Markdown file. */
export interface Document {
  /** From the root of the repository. */
  readonly file: string;
  readonly blocks: readonly CodeBlock[];
  readonly links: readonly Link[];
  /** Ids of its headings, as code hosts make them. */
  readonly anchors: ReadonlySet<string>;
  /** Levels of its headings, in their order. */
  readonly headingLevels: readonly number[];
}

/** Reads a Markdown file. */
export async function readDocument(root: string, file: string): Promise<Document> {
  const blocks: CodeBlock[] = [];
  const links: Link[] = [];
  const anchors = new Set<string>();
  const headingLevels: number[] = [];
  const slugger = new GithubSlugger();
  visit(fromMarkdown(await readFile(join(root, file), 'utf8')), (node) => {
    const line = node.position?.start.line ?? 1;
    if (node.type === 'code') {
      blocks.push({ language: (node.lang ?? '').toLowerCase(), text: node.value, line });
    } else if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      links.push({ url: node.url, line });
    } else if (node.type === 'heading') {
      anchors.add(slugger.slug(toString(node)));
      headingLevels.push(node.depth);
    }
  });
  return { file, blocks, links, anchors, headingLevels };
}
