import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTokenFile } from '../../src/workload-identity/read-token-file.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('reads the token anew each time, through a link as Kubernetes makes it', async () => {
  const [target, link] = [join(folder, '..data'), join(folder, 'token')];
  await writeFile(target, 'first.token.signed\n');
  await symlink(target, link);
  expect(await readTokenFile(link)).toBe('first.token.signed');
  await writeFile(target, 'second.token.signed\r\n');
  expect(await readTokenFile(link)).toBe('second.token.signed');
});

it('lets a chain go on where there is no such file', async () => {
  await expect(readTokenFile(join(folder, 'missing'))).rejects.toMatchObject({
    code: 'AML_UNAVAILABLE',
    disposition: 'skip',
    message: expect.stringContaining('missing') as string,
  });
});

it('names a file that is a folder, empty, or too large', async () => {
  await writeFile(join(folder, 'empty'), '');
  await writeFile(join(folder, 'large'), 'x'.repeat(1e6));
  for (const [path, problem] of [
    [folder, 'EISDIR'],
    [join(folder, 'empty'), 'is empty'],
    [join(folder, 'large'), 'too large'],
  ] as const) {
    await expect(readTokenFile(path)).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining(problem) as string,
    });
  }
});
