import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const page = new URL('../../../../docs/bad-inputs.md', import.meta.url);
const ROW =
  /^\| (?<id>\S+) +\| .+ \| \[[^\]]+\]\((?<file>[^)]+)\): (?<ticks>`+) ?(?<title>.+?) ?\k<ticks> +\|$/;

interface Row {
  readonly id: string;
  readonly file: string;
  readonly title: string;
}

async function rows(): Promise<Row[]> {
  const lines = (await readFile(page, 'utf8')).split('\n').filter((line) => /^\| (F-|[A-H])\d/.test(line));
  return lines.map((line) => {
    const { id, file, title } = ROW.exec(line)?.groups ?? {};
    if (id === undefined || file === undefined || title === undefined) throw new Error(`no row: ${line}`);
    return { id, file, title };
  });
}

const numbers = (letter: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${letter}${from + index}`);

describe('the page of bad inputs and faults', () => {
  it('has every number that concerns credentials or Azure Resource Manager, in its place', async () => {
    const expected = [
      ...numbers('A', 1, 13),
      ...numbers('B', 14, 25),
      ...numbers('C', 26, 40),
      ...numbers('D', 41, 46),
      ...numbers('E', 47, 55),
      ...numbers('F', 56, 60),
      ...numbers('G', 64, 65),
      ...numbers('F-', 11, 26),
      // Once more, for Azure Resource Manager.
      ...['A12', 'B14', 'B15', 'B19', 'B19', 'B19', 'B20', 'B21'],
      ...['C26', 'C27', 'C28', 'C31', 'C32', 'C33', 'C36', 'C37', 'C38', 'C39', 'C40'],
      ...['D41', 'D43', 'D45'],
      ...numbers('F-', 11, 18),
      ...['F-24', 'F-29'],
      // And for config files and endpoints of workspaces.
      ...['A12', 'B14', 'B21', 'C32', 'C33', 'C37', 'C38', 'G61', 'G63', 'G66', 'H75', 'F-14'],
      // And for the command line.
      ...['F57', ...numbers('G', 61, 66), ...numbers('H', 67, 75), 'F-06', 'F-25', 'F-32', 'F-32'],
    ];
    expect((await rows()).map(({ id }) => id)).toEqual(expected);
  });

  it('names tests that are there', async () => {
    const missing: Row[] = [];
    for (const row of await rows()) {
      const source = await readFile(new URL(row.file, page), 'utf8');
      if (!source.includes(row.title)) missing.push(row);
    }
    expect(missing).toEqual([]);
  });
});
