import { afterEach, expect, test, vi } from 'vitest';
import { timeImport } from '../src/measure/time-import.ts';
import { withTimeStart } from '../src/measure/time-start.ts';

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

test('a process tells its own processor time, and one that fails is no sample', async () => {
  await withTimeStart(async (timeStart) => {
    const bare = await timeStart(['--eval', '']);
    expect(bare).toBeGreaterThan(0);
    // A thousand million steps against none: no busy machine turns that round.
    expect(await timeStart(['--eval', 'for (let i = 0; i < 1e9; i += 1);'])).toBeGreaterThan(bare);
    await expect(timeStart(['--eval', 'process.exitCode = 3'])).rejects.toThrow('ended with 3');
  });
});
