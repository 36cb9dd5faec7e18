import { writeFileSync } from 'node:fs';
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTokenEngine } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { storedToken, tokenKey } from '@aml-auth/testkit';
import { fileTokenStore, inspectTokenStore, keyringKeys, verifyTokenStore } from '@aml-auth/token-cache';
import { describe, expect, it } from 'vitest';
import { createFileTokenStore } from '../../src/file/file-token-store.js';
import { sweep } from '../../src/file/sweep.js';
import { filesIn, keptLog, keyLine, someKeys, temporaryFolder } from '../support/file-store.js';
import { memoryKeyring } from '../support/memory-keyring.js';

const key = tokenKey();

/** A store with one token, and the path of its file. */
async function filled() {
  const directory = await temporaryFolder();
  const logger = keptLog();
  const options = { directory, keys: someKeys(), logger };
  const store = fileTokenStore(options);
  const token = storedToken({ store });
  await store.set(key, token);
  const [path = ''] = await filesIn(directory);
  return { directory, options, store, token, path, logger, again: () => fileTokenStore(options) };
}

describe('a file of fileTokenStore', () => {
  it('is a miss with any bit flipped and with any end cut off, and never another token', async () => {
    const directory = await temporaryFolder();
    const store = fileTokenStore({ directory, keys: someKeys(keyLine('k')) });
    // A small entry: each of its bits costs a write, a read and a rename.
    const small = tokenKey({
      authorityHost: 'azure-cli',
      tenantId: '',
      clientId: '',
      fingerprint: '',
      scopes: [],
    });
    await store.set(small, storedToken({ store }, 't'));
    const [path = ''] = await filesIn(directory);
    const good = await readFile(path);
    const bad = [
      ...Array.from({ length: good.length * 8 }, (_, bit) => {
        const flipped = Buffer.from(good);
        flipped[bit >> 3] = (good[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return flipped;
      }),
      ...Array.from({ length: good.length }, (_, length) => good.subarray(0, length)),
    ];
    for (const data of bad) {
      writeFileSync(path, data, { mode: 0o600 });
      expect(await store.get(small)).toBeUndefined();
    }
    expect(bad.length).toBeGreaterThan(2_000);
    await store.set(small, storedToken({ store }, 'healed'));
    expect((await store.get(small))?.token).toBe('healed');
  });

  it('is put aside where it is damaged; the newest three of them are kept', async () => {
    const { path, options, logger } = await filled();
    const clock = manualClock();
    const store = fileTokenStore({ ...options, clock });
    for (let round = 0; round < 5; round += 1) {
      await writeFile(path, 'no entry at all', { mode: 0o600 });
      expect(await store.get(key)).toBeUndefined();
      clock.advance(1);
    }
    const names = await readdir(dirname(path));
    expect(names.filter((name) => name.includes('.corrupt-'))).toHaveLength(3);
    expect(logger.events).toContainEqual(expect.objectContaining({ event: 'token.cache.unreadable' }));
  });

  it('does not open where another one lay', async () => {
    const { path, store } = await filled();
    const other = tokenKey({ scopes: ['other'] });
    await store.set(other, storedToken({ store }, 'other'));
    const otherPath = (await filesIn(dirname(path))).find((one) => one !== path) ?? '';
    await rename(otherPath, path);
    expect(await store.get(key)).toBeUndefined();
  });

  it('is left alone where its key is not here: another process may have it', async () => {
    const { path, directory, again } = await filled();
    const stranger = fileTokenStore({ directory, keys: someKeys(keyLine('k2')) });
    expect(await stranger.get(key)).toBeUndefined();
    expect(await filesIn(directory)).toEqual([path]);
    expect(await again().get(key)).toBeDefined();
  });

  it('is a miss after the keyring has lost its key, and is replaced by the next token', async () => {
    const directory = await temporaryFolder();
    const store = fileTokenStore({ directory, keys: keyringKeys({ load: memoryKeyring() }) });
    await store.set(key, storedToken({ store }));
    const later = fileTokenStore({ directory, keys: keyringKeys({ load: memoryKeyring() }) });
    expect(await later.get(key)).toBeUndefined();
    await later.set(key, storedToken({ store: later }, 'new'));
    expect((await later.get(key))?.token).toBe('new');
  });

  it('is not followed where it is a link, and the target stays as it is', async () => {
    const { path, store, directory } = await filled();
    const target = join(dirname(directory), 'target');
    await rename(path, target);
    await symlink(target, path);
    const before = await readFile(target);
    expect(await store.get(key)).toBeUndefined();
    expect((await store.status()).degraded).toContain('is a link');
    await store.set(key, storedToken({ store }, 'new'));
    expect(await readFile(target)).toEqual(before);
    expect((await store.get(key))?.token).toBe('new');
  });

  it.runIf(process.platform !== 'win32')('is refused where others could read it, with the cure', async () => {
    const { path, store, logger } = await filled();
    await chmod(path, 0o644);
    expect(await store.get(key)).toBeUndefined();
    const { problems } = await verifyTokenStore(store);
    expect(problems).toEqual([
      { file: path, problem: `${path} is open to other users.`, remedy: `Run: chmod 600 ${path}` },
    ]);
    expect(logger.events).toContainEqual(expect.objectContaining({ event: 'token.cache.degraded' }));
  });

  it('is no token where it is larger than any token', async () => {
    const { path, store } = await filled();
    await writeFile(path, Buffer.alloc(1_048_577), { mode: 0o600 });
    expect(await store.get(key)).toBeUndefined();
  });
});

describe('the folder of fileTokenStore', () => {
  it.runIf(process.platform !== 'win32')('is for this user only, and so is all in it', async () => {
    const { directory, path } = await filled();
    const modes = await Promise.all(
      [directory, dirname(dirname(path)), dirname(path), path].map(
        async (one) => (await stat(one)).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o700, 0o700, 0o700, 0o600]);
  });

  it.runIf(process.platform !== 'win32')(
    'is not used where others could, and tokens go to memory',
    async () => {
      const { directory, again } = await filled();
      await chmod(directory, 0o755);
      const store = again();
      expect(await store.get(key)).toBeUndefined();
      await store.set(key, storedToken({ store }, 'mine'));
      expect((await store.get(key))?.token).toBe('mine');
      expect((await store.status()).degraded).toContain('open to other users');
    },
  );

  it('is not used where it is a link', async () => {
    const directory = await temporaryFolder();
    await mkdir(`${directory}-elsewhere`, { mode: 0o700 });
    await symlink(`${directory}-elsewhere`, directory);
    const store = fileTokenStore({ directory, keys: someKeys() });
    await store.set(key, storedToken({ store }));
    expect(await store.get(key)).toBeDefined();
    expect(await filesIn(`${directory}-elsewhere`)).toEqual([]);
  });

  it('loses what dead processes have left, and keeps what live ones are writing', async () => {
    const { path, again } = await filled();
    const [old, fresh] = [`${path}.0000.tmp`, `${path}.1111.tmp`];
    await writeFile(old, '');
    await writeFile(fresh, '');
    const hoursAgo = Date.now() / 1000 - 2 * 3600;
    await utimes(old, hoursAgo, hoursAgo);
    const store = again();
    await store.set(key, storedToken({ store }));
    expect((await filesIn(dirname(path))).sort()).toEqual([path, fresh].sort());
  });

  it('is swept in parts where it is large, so that a process that starts is not held up', async () => {
    const folder = await temporaryFolder();
    await mkdir(folder);
    const names = Array.from({ length: 250 }, (_, index) => join(folder, `${String(index)}.tmp`));
    await Promise.all(names.map((name) => writeFile(name, '')));
    const later = Date.now() + 2 * 3_600_000;
    const left = async () => (await readdir(folder)).length;
    sweep(folder, later, 0.9);
    expect(await left()).toBe(150);
    sweep(folder, later, 0);
    sweep(folder, later, 0.5);
    expect(await left()).toBe(0);
  });
});

describe('a file system with faults', () => {
  const fault = (code: string) => Object.assign(new Error('fault'), { code });

  it.each(['EPERM', 'EBUSY', 'ESTALE', 'EACCES'])('is tried again where a rename says %s', async (code) => {
    let refusals = 2;
    const directory = await temporaryFolder();
    const store = createFileTokenStore({ directory, keys: someKeys() }, async (from, to) => {
      refusals -= 1;
      if (refusals >= 0) throw fault(code);
      await rename(from, to);
    });
    await store.set(key, storedToken({ store }));
    expect(await filesIn(directory)).toHaveLength(1);
    expect((await store.status()).degraded).toBeUndefined();
  });

  it.each(['EBUSY', 'ENOSPC', 'EROFS', 'EDQUOT'])(
    'leaves the token in memory, the old file whole and one warning where it goes on to say %s',
    async (code) => {
      const { directory, options, path } = await filled();
      const before = await readFile(path);
      const logger = keptLog();
      const store = createFileTokenStore({ ...options, logger }, () => Promise.reject(fault(code)));
      await store.set(key, storedToken({ store }, 'new'));
      await store.set(key, storedToken({ store }, 'newer'));
      expect((await store.get(key))?.token).toBe('newer');
      expect(await readFile(path)).toEqual(before);
      expect(await filesIn(directory)).toEqual([path]);
      expect(logger.events.filter(({ level }) => level === 'warn')).toHaveLength(1);
      expect((await store.status()).degraded).toContain(code);
    },
  );

  it('uses files again when they work again', async () => {
    let broken = true;
    const directory = await temporaryFolder();
    const store = createFileTokenStore({ directory, keys: someKeys() }, (from, to) =>
      broken ? Promise.reject(fault('ENOSPC')) : rename(from, to),
    );
    await store.set(key, storedToken({ store }));
    broken = false;
    await store.set(key, storedToken({ store }));
    expect((await store.status()).degraded).toBeUndefined();
    expect(await inspectTokenStore(store)).toHaveLength(1);
  });

  it.each([
    ['a file where the folder should be', async (path: string) => writeFile(path, '')],
    ['a folder that cannot be made', async (path: string) => writeFile(dirname(path) + '/file', '')],
  ])('still gives a token with %s', async (what, prepare) => {
    const folder = await temporaryFolder();
    await prepare(folder);
    const directory = what.startsWith('a file') ? folder : join(dirname(folder), 'file', 'cache');
    const store = fileTokenStore({ directory, keys: someKeys() });
    const engine = createTokenEngine({
      identity: { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' },
      store,
      acquire: () => Promise.resolve({ token: 'fetched', expiresOnTimestamp: Date.now() + 3_600_000 }),
    });
    expect((await engine.getToken('scope')).token).toBe('fetched');
  });

  it.runIf(process.platform === 'linux')('still gives a token in a home that takes no file', async () => {
    // Not even the administrator makes folders there.
    const store = fileTokenStore({ env: { XDG_CACHE_HOME: '/proc' }, keys: someKeys() });
    await store.set(key, storedToken({ store }));
    expect((await store.get(key))?.token).toBe('token-1');
    expect(await store.status()).toMatchObject({
      directory: '/proc/aml-auth',
      degraded: expect.stringContaining('/proc/aml-auth') as string,
    });
  });

  it('still gives a token where the folder is removed under it', async () => {
    const { directory, store } = await filled();
    await rm(directory, { recursive: true });
    expect(await store.get(key)).toBeUndefined();
    await store.set(key, storedToken({ store }));
    expect(await store.get(key)).toBeDefined();
  });
});

it.each(['managed-identity', 'azure-ml-job', 'process'])(
  'never writes a token of %s',
  async (authorityHost) => {
    const { directory, store, again } = await filled();
    const before = await filesIn(directory);
    const bound = tokenKey({ authorityHost });
    await store.set(bound, storedToken({ store }, 'bound'));
    const lease = await store.acquireLease?.(bound, { ttlMs: 1_000, waitMs: 0 });
    expect((await store.get(bound))?.token).toBe('bound');
    expect(await again().get(bound)).toBeUndefined();
    expect(await filesIn(directory)).toEqual(before);
    await lease?.release();
    await store.delete(bound);
    expect(await store.get(bound)).toBeUndefined();
  },
);
