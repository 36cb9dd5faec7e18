import fc from 'fast-check';
import { expect, test } from 'vitest';

interface Format {
  readonly duration: (ms: number) => string;
  readonly matches: (summary: object, filter: string) => boolean;
  readonly relativeTime: (seconds: number, now: number) => string;
  readonly shortPath: (path: string) => readonly [string, string];
  readonly span: (ms: number) => string;
  readonly statusKind: (status: number) => string;
}

// A script for browsers, without types of its own.
const { href } = new URL('../../src/inspector/format.js', import.meta.url);
const format = (await import(href)) as Format;

test.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [-90_000, '1 min'],
  [3_661_000, '1 h 1 min'],
  [90_061_000, '1 d 1 h'],
])('the span %s is %s', (ms, text) => {
  expect(format.span(ms)).toBe(text);
});

test.each([
  [1.26, '1.3 ms'],
  [42.4, '42 ms'],
  [1_540, '1.5 s'],
])('the duration %s is %s', (ms, text) => {
  expect(format.duration(ms)).toBe(text);
});

test('times of tokens stand beside the clock', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(format.relativeTime(now / 1000 + 3600, now)).toBe('2026-01-01 01:00:00 UTC, in 1 h');
  expect(format.relativeTime(now / 1000 - 60, now)).toBe('2025-12-31 23:59:00 UTC, 1 min ago');
});

test.each([
  [201, 'ok'],
  [302, 'warn'],
  [429, 'warn'],
  [403, 'bad'],
])('the status %s is %s', (status, kind) => {
  expect(format.statusKind(status)).toBe(kind);
});

test('every word of a filter must be found, in any field', () => {
  const summary = { method: 'GET', path: '/subscriptions/x', status: 403, caller: 'Trainer' };
  expect(format.matches(summary, 'trainer 403')).toBe(true);
  expect(format.matches(summary, 'trainer 404')).toBe(false);
  expect(format.matches(summary, '')).toBe(true);
});

test('short paths keep their end and lose nothing but ids and the query', () => {
  const id = 'c0ffee00-0000-4000-8000-000000000003';
  expect(format.shortPath(`/subscriptions/${id}/providers/X/workspaces/ws1?api-version=1`)).toEqual([
    '/subscriptions/c0ffee00…/providers/X',
    '/workspaces/ws1',
  ]);
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z.]{1,8}$/), { maxLength: 6 }), (parts) => {
      const path = `/${parts.join('/')}`;
      expect(format.shortPath(path).join('')).toBe(path);
    }),
  );
});
