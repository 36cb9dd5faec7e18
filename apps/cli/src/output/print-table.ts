import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { OutputStream } from '../context.js';
import { fitColumns } from './fit-columns.js';
import { printable } from './printable.js';

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

const GAP = FRAMELESS.middle.length;
const STYLE = { 'padding-left': 0, 'padding-right': 0, head: [], border: [] };

/** A cell: a value of the result. Undefined and null print as an empty cell. */
export type Cell = string | number | boolean | null | undefined;

/** Prints rows under headings. The width of characters is minded, Hangul included, and that of a terminal. */
export function printTable(
  stream: OutputStream,
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
): void {
  const head = headings.map((heading) => printable(heading).toUpperCase());
  const cells = rows.map((row) => row.map(text));
  const table = new Table({ head, chars: FRAMELESS, style: STYLE, ...widthsFor(stream, [head, ...cells]) });
  for (const row of cells) table.push(row);
  write(stream, table.toString());
}

/** Prints one object: a name and its value a line. What is undefined or null is left out. */
export function printRecord(stream: OutputStream, record: Readonly<Record<string, Cell>>): void {
  const rows = Object.entries(record)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [printable(name), text(value)]);
  const table = new Table({ chars: FRAMELESS, style: STYLE, ...widthsFor(stream, rows) });
  for (const row of rows) table.push(row);
  write(stream, table.toString());
}

/** Widths for a terminal; in a pipe or file nothing is cut. */
function widthsFor(stream: OutputStream, rows: readonly (readonly string[])[]): { colWidths?: number[] } {
  const { isTTY, columns } = stream;
  if (isTTY !== true || columns === undefined || columns <= 0) return {};
  const count = Math.max(0, ...rows.map((row) => row.length));
  const natural = Array.from({ length: count }, (_, index) =>
    Math.max(...rows.map((row) => stringWidth(row[index] ?? ''))),
  );
  return { colWidths: [...fitColumns(natural, columns, GAP)] };
}

function write(stream: OutputStream, table: string): void {
  const lines = table.split('\n').map((line) => line.trimEnd());
  stream.write(`${lines.join('\n')}\n`);
}

function text(value: Cell): string {
  return value === undefined || value === null ? '' : printable(String(value));
}
