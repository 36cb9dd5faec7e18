import { expect, test } from 'vitest';
import { apiFindings } from '../src/api/api-check.ts';
import { fixture, lines } from './fixture.ts';

const file = 'packages/a/api/index.api.md';
const text = 'export function one(): void;\n';

test('an interface that is as it was kept passes', async () => {
  expect(await apiFindings(await fixture({ [file]: text }), [{ file, text }])).toEqual([]);
});

test('an interface that changed is found, with what changed', async () => {
  const now = 'export function one(): string;\n';
  expect(lines(await apiFindings(await fixture({ [file]: text }), [{ file, text: now }]))).toEqual([
    `${file}: the interface changed (no longer "export function one(): void;", now "export function one(): string;"); if that is meant, run "pnpm api:update"`,
  ]);
});

test('an entry point that is new, and one that is gone, are found', async () => {
  expect(
    lines(await apiFindings(await fixture({ 'packages/b/api/x.api.md': text }), [{ file, text }])),
  ).toEqual([
    expect.stringContaining('the interface changed (now "export function one(): void;")'),
    'packages/b/api/x.api.md: there is no such entry point any more',
  ]);
});
