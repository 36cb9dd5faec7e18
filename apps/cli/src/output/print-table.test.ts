import { expect, it } from 'vitest';
import { printRecord, printTable } from './print-table.js';

function capture() {
  let text = '';
  return {
    write(part: string) {
      text += part;
    },
    get text() {
      return text;
    },
  };
}

it('aligns columns, Hangul included, and leaves no blanks at line ends', () => {
  const stream = capture();
  printTable(
    stream,
    ['name', 'location'],
    [
      ['한국', 'koreacentral'],
      ['ws1', undefined],
    ],
  );
  expect(stream.text).toBe('NAME  LOCATION\n한국  koreacentral\nws1\n');
});

it('prints an object as a name and its value a line', () => {
  const stream = capture();
  printRecord(stream, { name: 'ws1', managed: true, none: null, unset: undefined });
  expect(stream.text).toBe('name     ws1\nmanaged  true\n');
});
