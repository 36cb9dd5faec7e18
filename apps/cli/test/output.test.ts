import { styleText } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { colourJson } from '../src/output/colour-json.js';
import { fitColumns } from '../src/output/fit-columns.js';
import type { OutputFlags } from '../src/output/output-format.js';
import { present, type View } from '../src/output/present.js';
import { queryResult } from '../src/output/query-result.js';
import { toRows } from '../src/output/to-rows.js';
import type { CliContext } from '../src/context.js';

const value = {
  workspaces: [
    { name: '한국', id: 1, tags: { a: 'x' }, gone: undefined },
    { name: 'ws\u001b[31m1\t9', id: 2 },
  ],
};
const view = (): View => ({
  headings: ['name', 'id'],
  rows: value.workspaces.map(({ name, id }) => [name, id]),
});

async function shown(flags: OutputFlags, stream: { isTTY?: boolean; columns?: number } = {}, colour = false) {
  let text = '';
  const stdout = { ...stream, write: (part: string) => void (text += part) };
  const context = { process: { stdout }, colour: { stdout: colour } } as unknown as CliContext;
  await present(context, flags, value, view);
  return text;
}

describe('a result', () => {
  it.each<[OutputFlags, string]>([
    [{ output: 'none' }, ''],
    [{ output: 'json' }, `${JSON.stringify(value, undefined, 2)}\n`],
    [{ output: 'jsonc' }, `${JSON.stringify(value, undefined, 2)}\n`],
    [{ output: 'tsv' }, '한국\t1\nws [31m1 9\t2\n'],
    [{ output: 'table' }, 'NAME        ID\n한국        1\nws [31m1 9  2\n'],
    [{ output: 'tsv', query: 'workspaces[].name' }, '한국\nws [31m1 9\n'],
    [{ output: 'json', query: 'workspaces[1].id' }, '2\n'],
    [{ output: 'tsv', query: 'workspaces[?id==`1`].[name, tags]' }, '한국\t{"a":"x"}\n'],
    [
      { output: 'table', query: 'workspaces[].{n: name, i: id}' },
      'N           I\n한국        1\nws [31m1 9  2\n',
    ],
    [{ output: 'table', query: 'workspaces[1].id' }, '2\n'],
    [{ output: 'tsv', query: 'nothing' }, ''],
    [{ output: 'json', query: 'workspaces[0].gone' }, 'null\n'],
  ])('as %j', async (flags, expected) => {
    expect(await shown(flags)).toBe(expected);
  });

  it('as YAML is the same data', async () => {
    expect(parse(await shown({ output: 'yaml' }))).toEqual(JSON.parse(JSON.stringify(value)));
  });

  it('as jsonc has colours on a terminal that wants them, and the same text', async () => {
    const text = await shown({ output: 'jsonc' }, {}, true);
    expect(text).toContain(styleText('cyan', '"name"', { validateStream: false }));
    // eslint-disable-next-line no-control-regex -- the colours
    expect(text.replace(/\u001b\[\d+m/g, '')).toBe(await shown({ output: 'json' }));
  });

  it('fits a terminal, and is not cut in a pipe', async () => {
    for (const columns of [1, 8, 10, 12, 80]) {
      const lines = (await shown({ output: 'table' }, { isTTY: true, columns })).split('\n');
      const width = (line: string): number => line.length + (line.match(/[가-힣]/g)?.length ?? 0);
      for (const line of lines) expect(width(line)).toBeLessThanOrEqual(Math.max(columns, 4 + 2 + 2));
    }
    expect(await shown({ output: 'table' }, { isTTY: true, columns: 0 })).toContain('ws [31m1 9  2');
  });
});

describe('--query', () => {
  it.each([
    '[',
    'workspaces[',
    'foo(',
    `a${'.b'.repeat(6_000)}`,
    '*'.repeat(20_000),
    'unknown_function(@)',
    '',
  ])('refuses %.40s', async (query) => {
    await expect(queryResult(value, query)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  it('answers or refuses, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(...Array.from('abw[]{}.*?|&@`\'"(),: 0')) }),
        async (query) => {
          const answer = await queryResult(value, query).catch((error: unknown) => error);
          if (answer instanceof Error) expect(answer).toMatchObject({ code: 'AML_CONFIG_INVALID' });
        },
      ),
    );
  });
});

it('columns never get wider, and fit where they can', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60), { maxLength: 8 }), fc.nat(200), (natural, available) => {
      const widths = fitColumns(natural, available, 2);
      const total = widths.reduce((sum, width) => sum + width, 2 * Math.max(0, widths.length - 1));
      widths.forEach((width, index) => {
        expect(width).toBeLessThanOrEqual(natural[index]!);
        expect(width).toBeGreaterThanOrEqual(Math.min(4, natural[index]!));
      });
      expect(total <= available || widths.every((width) => width <= 4)).toBe(true);
    }),
  );
});

it('rows are made of anything that JSON can hold', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const { headings, rows } = toRows(json);
      if (headings !== undefined) for (const row of rows) expect(row).toHaveLength(headings.length);
    }),
  );
});

it('colours change no character', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const text = JSON.stringify(json, undefined, 2);
      // eslint-disable-next-line no-control-regex -- the colours
      expect(colourJson(text).replace(/\u001b\[\d+m/g, '')).toBe(text);
    }),
  );
});
