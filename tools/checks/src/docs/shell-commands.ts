/** One command of a shell block. */
export interface ShellCommand {
  /** The words, without quotes, assignments before the program, redirections and what follows a pipe. */
  readonly words: readonly string[];
  /** Its line within the block, from 0. */
  readonly line: number;
}

const PROMPT = /^\s*[$>]\s+/;
const WORD = /"((?:\\.|[^"\\])*)"|'([^']*)'|([^\s"']+)/g;

/**
 * The commands of a shell block. In a `console` block only lines with a prompt are commands, the
 * others are output. Comments, here-documents' bodies and continued lines are minded; this is no shell.
 */
export function shellCommands(text: string, isSession: boolean): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const start = index;
    let line = lines[index] ?? '';
    while (line.endsWith('\\') && index + 1 < lines.length) {
      index += 1;
      line = `${line.slice(0, -1)} ${lines[index] ?? ''}`;
    }
    if (isSession && !PROMPT.test(line)) continue;
    const end = /<<-?\s*['"]?(\w+)/.exec(line)?.[1];
    if (end !== undefined) while (index + 1 < lines.length && lines[++index]?.trim() !== end);
    for (const part of line.replace(PROMPT, '').split(/\s(?:&&|\|\||\||;)\s/)) {
      const words = wordsOf(part);
      if (words.length > 0) commands.push({ words, line: start });
    }
  }
  return commands;
}

function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const [whole, double, single, plain] of text.matchAll(WORD)) {
    if (plain?.startsWith('#') === true || /^\d?[<>]/.test(whole)) break;
    words.push(double ?? single ?? whole);
  }
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  return first === -1 ? [] : words.slice(first);
}
