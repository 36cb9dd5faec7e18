import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readClientSecret } from './read-client-secret.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

const stdin = (text: string) => () => Promise.resolve(text);
const nothing = (): never => {
  throw new Error('was read');
};

it.each([
  ['s3cret~.', 's3cret~.'],
  ['s3cret\n', 's3cret'],
  ['s3cret\r\n', 's3cret'],
  ['\ufeffs3cret', 's3cret'],
  ['-dash %!"quotes\'', '-dash %!"quotes\''],
])('reads %j from a file and from standard input', async (content, expected) => {
  const file = join(folder, 'secret');
  await writeFile(file, content);
  expect(await readClientSecret({ file, variable: 'other', readStdin: nothing })).toBe(expected);
  expect(await readClientSecret({ file: '-', variable: 'other', readStdin: stdin(content) })).toBe(expected);
});

it('takes the variable where no file is named, and an empty one as none', async () => {
  expect(await readClientSecret({ file: undefined, variable: 'v', readStdin: nothing })).toBe('v');
  expect(await readClientSecret({ file: undefined, variable: '', readStdin: nothing })).toBeUndefined();
  expect(
    await readClientSecret({ file: undefined, variable: undefined, readStdin: nothing }),
  ).toBeUndefined();
});

it('names a file that is missing, a folder, or empty input', async () => {
  for (const file of [join(folder, 'missing'), folder]) {
    await expect(readClientSecret({ file, variable: undefined, readStdin: nothing })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining(file) as string,
    });
  }
  await expect(
    readClientSecret({ file: '-', variable: undefined, readStdin: stdin('\n') }),
  ).rejects.toMatchObject({
    message: 'There is no client secret in standard input.',
  });
});
