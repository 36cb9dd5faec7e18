import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEmulator, trustEmulator } from '@aml-auth/emulator';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { keepKeyFile } from '../../src/tls/keep-key-file.js';
import { callArm, tokenOf } from '../support/emulated.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keep-key-file-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
const options = (value: number) => ({
  create: () => Promise.resolve({ value }),
  read: (stored: { value: number }) => Promise.resolve(stored.value),
  isUsable: () => true,
});

test.skipIf(process.platform === 'win32')('folder and file are for their owner only', async () => {
  await keepKeyFile(join(folder, 'keys'), 'a.json', options(1));
  expect(await mode(join(folder, 'keys'))).toBe(0o700);
  expect(await mode(join(folder, 'keys', 'a.json'))).toBe(0o600);
});

test('what is there is used again, and made anew when it is no longer usable', async () => {
  expect(await keepKeyFile(folder, 'a.json', options(1))).toBe(1);
  expect(await keepKeyFile(folder, 'a.json', options(2))).toBe(1);
  expect(await keepKeyFile(folder, 'a.json', { ...options(3), isUsable: (value) => value === 3 })).toBe(3);
});

test('everybody who makes it at once gets the same one, and no draft is left', async () => {
  const values = await Promise.all(
    [1, 2, 3, 4, 5].map((value) => keepKeyFile(folder, 'a.json', options(value))),
  );
  expect(new Set(values).size).toBe(1);
  expect(await readdir(folder)).toEqual(['a.json']);
});

test('a damaged file is named, and left as it is', async () => {
  await writeFile(join(folder, 'a.json'), '{');
  await expect(keepKeyFile(folder, 'a.json', options(1))).rejects.toMatchObject({
    code: 'AML_CONFIG_INVALID',
    message: expect.stringContaining(join(folder, 'a.json')) as string,
    remedy: expect.stringContaining('Delete') as string,
  });
  expect(await readFile(join(folder, 'a.json'), 'utf8')).toBe('{');
});

test('an emulator that has ended writes no more', async () => {
  await (await startEmulator({ stateDir: folder })).close();
  expect((await readdir(join(folder, 'keys'))).sort()).toEqual(['authority.json', 'signing-key.json']);
});

test('with a stateDir, trust and tokens outlive the emulator', async () => {
  const first = await startEmulator({ stateDir: folder });
  const token = await tokenOf(first, 'auditor');
  await first.close();
  const second = await startEmulator({ stateDir: folder, port: first.port });
  try {
    expect(second.ca).toBe(first.ca);
    trustEmulator(first);
    const response = await fetch(`${second.origin}/subscriptions?api-version=2022-12-01`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
    expect((await callArm(second, 'auditor', '/subscriptions')).status).toBe(200);
    expect(second.env()['NODE_EXTRA_CA_CERTS']).toBe(join(folder, 'ca.pem'));
  } finally {
    await second.close();
  }
  expect((await readdir(folder)).sort()).toEqual(['ca-bundle.pem', 'ca.pem', 'keys', 'truststore.p12']);
});
