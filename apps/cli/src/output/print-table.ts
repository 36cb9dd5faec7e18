import Table from 'cli-table3';
import type { OutputStream } from '../context.js';

/** Table lines without a frame: columns are parted by two blanks, as `kubectl` and `gh` do. */
const FRAMELESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

const STYLE = { 'padding-left': 0, 'padding-right': 0, head: [], border: [] };

/** A cell: a value of the result. Undefined and null print as an empty cell. */
export type Cell = string | number | boolean | null | undefined;

/** Prints rows under headings. The width of characters is minded, Hangul included. */
export function printTable(
  stream: OutputStream,
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
): void {
  const table = new Table({
    head: headings.map((heading) => heading.toUpperCase()),
    chars: FRAMELESS,
    style: STYLE,
  });
  for (const row of rows) table.push(row.map(text));
  write(stream, table.toString());
}

/** Prints one object: a name and its value a line. What is undefined or null is left out. */
export function printRecord(stream: OutputStream, record: Readonly<Record<string, Cell>>): void {
  const table = new Table({ chars: FRAMELESS, style: STYLE });
  for (const [name, value] of Object.entries(record)) {
    if (value !== undefined && value !== null) table.push([name, text(value)]);
  }
  write(stream, table.toString());
}

function write(stream: OutputStream, table: string): void {
  const lines = table.split('\n').map((line) => line.trimEnd());
  stream.write(`${lines.join('\n')}\n`);
}

function text(value: Cell): string {
  return value === undefined || value === null ? '' : String(value);
}
