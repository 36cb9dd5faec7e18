import { afterEach, expect, test, vi } from 'vitest';
import { timeImport } from '../src/measure/time-import.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('an import takes processor time, also where output is coloured', async () => {
  vi.stubEnv('FORCE_COLOR', '1');
  vi.stubEnv('NO_COLOR', undefined);
  expect(await timeImport('cli-table3')).toBeGreaterThan(0);
});

test('a program that imports takes more than one that does not', async () => {
  const bare = await timeImport();
  expect(bare).toBeGreaterThan(0);
  // Some hundred files against none: no busy machine turns that round.
  expect(await timeImport('@azure/identity')).toBeGreaterThan(bare);
});

test('time on the clock is measured as well', async () => {
  expect(await timeImport('cli-table3', 'wall')).toBeGreaterThan(0);
});
