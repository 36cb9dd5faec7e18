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
