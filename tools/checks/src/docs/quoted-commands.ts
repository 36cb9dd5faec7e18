import type { CodeBlock } from './read-document.ts';

/** The commands of `aml-auth` that a text has in quotation marks, each once, as blocks of one line. */
export function quotedCommands(text: string): readonly CodeBlock[] {
  const seen = new Map<string, CodeBlock>();
  for (const [index, line] of text.split('\n').entries()) {
    for (const [, command = ''] of line.matchAll(/"(aml-auth [^"]+)"/g)) {
      // A block begins at its fence, one line above its text.
      if (!seen.has(command)) seen.set(command, { language: 'sh', text: command, line: index });
    }
  }
  return [...seen.values()];
}
