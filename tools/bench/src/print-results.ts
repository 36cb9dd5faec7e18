import Table from 'cli-table3';
import type { RowResult } from './row.ts';

/** Prints one row a figure: ours, those of the peers, and how many times ours fits into each. */
export function printResults(results: ReadonlyMap<string, RowResult>): void {
  const table = new Table({
    head: ['what', 'ours', 'peers', 'peer / ours'],
    style: { head: [], border: [] },
  });
  for (const [title, { unit, ours, peers, notes = {} }] of results) {
    const figure = (name: string, value: number): string => `${show(value)} ${unit}${note(notes[name])}`;
    const others = Object.entries(peers);
    table.push([
      title,
      figure('ours', ours),
      others.map(([name, theirs]) => `${name}: ${figure(name, theirs)}`).join('\n'),
      others.map(([, theirs]) => `${show(theirs / ours)} ×`).join('\n'),
    ]);
  }
  console.log(table.toString());
}

function show(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}

function note(text: string | undefined): string {
  return text === undefined ? '' : ` (${text})`;
}
