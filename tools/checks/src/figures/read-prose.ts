import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Nodes } from 'mdast';

/** A paragraph, a heading or the cell of a table. */
export interface Passage {
  /** What readers see of it, on one line. Code within it is left out: it holds names and values to type. */
  readonly text: string;
  readonly line: number;
}

/** A line of a table. */
export interface TableRow {
  /** What readers see of each cell, code included. */
  readonly cells: readonly string[];
  /** Where the links of each cell lead. */
  readonly links: readonly (readonly string[])[];
  /** The code within each cell. */
  readonly code: readonly (readonly string[])[];
  readonly line: number;
}

/** Markdown with tables, as code hosts show it. */
export interface Prose {
  readonly passages: readonly Passage[];
  /** The rows of each table, without their head. */
  readonly tables: readonly (readonly TableRow[])[];
}

/** Reads what a Markdown text says to its readers. Blocks of code are left out. */
export function readProse(markdown: string): Prose {
  const tree = fromMarkdown(markdown, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  const passages: Passage[] = [];
  const tables: TableRow[][] = [];
  const read = (node: Nodes): void => {
    if (node.type === 'table') tables.push(node.children.slice(1).map(tableRow));
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      passages.push({ text: seen(node, false), line: lineOf(node) });
    } else if ('children' in node) for (const child of node.children) read(child);
  };
  read(tree);
  return { passages, tables };
}

function tableRow(row: Nodes): TableRow {
  const cells = 'children' in row ? row.children : [];
  return {
    cells: cells.map((cell) => seen(cell, true)),
    links: cells.map((cell) => within(cell).flatMap((node) => (node.type === 'link' ? [node.url] : []))),
    code: cells.map((cell) =>
      within(cell).flatMap((node) => (node.type === 'inlineCode' ? [node.value] : [])),
    ),
    line: lineOf(row),
  };
}

function seen(node: Nodes, withCode: boolean): string {
  return within(node)
    .map((inner) => {
      if (inner.type === 'inlineCode') return withCode ? inner.value : '`';
      return inner.type === 'text' ? inner.value : inner.type === 'break' ? ' ' : '';
    })
    .join('')
    .replace(/\s+/g, ' ');
}

/** The node and all below it, in the order of reading. */
function within(node: Nodes): readonly Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(within)] : [node];
}

function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 1;
}
