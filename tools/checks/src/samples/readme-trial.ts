import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { shellCommands } from '../docs/shell-commands.ts';

/** The heading below which the README of a sample says how to try it. */
const HEADING = /^Try it without an Azure account$/;

/** The blocks of commands with which the README of a sample has readers try it, in their order. */
export function readmeTrial(readme: string): readonly string[] {
  const { children } = fromMarkdown(readme);
  const start = children.findIndex((node) => node.type === 'heading' && HEADING.test(toString(node)));
  if (start === -1) return [];
  const rest = children.slice(start + 1);
  const end = rest.findIndex(({ type }) => type === 'heading');
  return (end === -1 ? rest : rest.slice(0, end)).flatMap((node) =>
    node.type === 'code' && node.lang === 'sh' ? [node.value] : [],
  );
}

/** The programs that blocks of commands start, those behind `npx … --` too. */
export function programsOf(blocks: readonly string[]): readonly string[] {
  const started = blocks.flatMap((block) =>
    shellCommands(block, false).flatMap(({ words }) => [
      words[0] ?? '',
      words[words.lastIndexOf('--') + 1] ?? '',
    ]),
  );
  return [...new Set(started)].sort();
}
