import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tokenKey } from '@aml-auth/testkit';
import { environmentKeys, fileTokenStore, verifyTokenStore } from '@aml-auth/token-cache';
import { expect, it, onTestFinished } from 'vitest';
import { smallDisk } from '../support/small-disk.js';

const keys = environmentKeys({ AML_AUTH_CACHE_KEY: `k1:${'A'.repeat(43)}` });
const token = (text: string) => ({ token: text, expiresOnTimestamp: Date.now() + 3_600_000 });

async function subject() {
  const disk = await smallDisk('64k');
  if (disk === undefined) return undefined;
  onTestFinished(() => disk.close());
  const warnings: unknown[] = [];
  const keep = () => undefined;
  const logger = {
    debug: keep,
    info: keep,
    warn: (event: unknown) => void warnings.push(event),
    error: keep,
  };
  const open = () => fileTokenStore({ directory: join(disk.path, 'cache'), keys, logger });
  const store = open();
  await store.set(tokenKey(), token('old'));
  return { disk, store, open, warnings };
}

it('a full disk costs no token, and leaves the old one whole', async ({ skip }) => {
  const made = await subject();
  skip(made === undefined, 'this user may not mount a file system');
  const { disk, store, open, warnings } = made!;
  // Takes what is left.
  await writeFile(join(disk.path, 'filler'), Buffer.alloc(1_048_576)).catch(() => undefined);
  const large = 'new'.padEnd(16_384, '.');
  await store.set(tokenKey(), token(large));
  await store.set(tokenKey({ scopes: ['other'] }), token(large));
  expect((await store.get(tokenKey()))?.token).toBe(large);
  expect((await store.get(tokenKey({ scopes: ['other'] })))?.token).toBe(large);
  expect((await store.status()).degraded).toContain('ENOSPC');
  expect(warnings).toHaveLength(1);
  expect((await open().get(tokenKey()))?.token).toBe('old');
  expect(await verifyTokenStore(open())).toEqual({ readable: 1, expired: 0, problems: [], abandoned: [] });
});

it('a disk that became read-only costs no token', async ({ skip }) => {
  const made = await subject();
  skip(made === undefined, 'this user may not mount a file system');
  const { disk, store, open } = made!;
  await disk.makeReadOnly();
  await store.set(tokenKey(), token('new'));
  expect((await store.get(tokenKey()))?.token).toBe('new');
  expect((await open().get(tokenKey()))?.token).toBe('old');
  const lease = await store.acquireLease?.(tokenKey(), { ttlMs: 1_000, waitMs: 0 });
  expect(lease).toBeDefined();
  await lease?.release();
});
