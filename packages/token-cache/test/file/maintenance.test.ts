import { readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { manualClock } from '@aml-auth/core/testing';
import { storedToken, tokenKey } from '@aml-auth/testkit';
import {
  clearTokenStore,
  fileTokenStore,
  inspectTokenStore,
  keyringKeys,
  memoryTokenStore,
  migrateTokenStore,
  rotateKeys,
  tidyTokenStore,
  verifyTokenStore,
} from '@aml-auth/token-cache';
import { describe, expect, it } from 'vitest';
import { filesIn, keptLog, keyLine, someKeys, temporaryFolder } from '../support/file-store.js';
import { memoryKeyring } from '../support/memory-keyring.js';

const CANARY = 'canary-7d1f-token';
const TENANT = '11111111-1111-1111-1111-111111111111';

/** Three tokens: two of one tenant, one of them short-lived, and one of another tenant. */
async function filled() {
  const directory = await temporaryFolder();
  const clock = manualClock(Date.now());
  const options = { directory, clock, keys: someKeys() };
  const store = fileTokenStore(options);
  await store.set(tokenKey(), { token: CANARY, expiresOnTimestamp: clock.now() + 3_600_000 });
  await store.set(tokenKey({ scopes: ['short'] }), {
    token: 'short',
    expiresOnTimestamp: clock.now() + 1_000,
  });
  await store.set(tokenKey({ tenantId: 'other' }), {
    token: 'other',
    expiresOnTimestamp: clock.now() + 3_600_000,
  });
  return { directory, clock, options, store };
}

describe('inspectTokenStore', () => {
  it('says whose tokens there are and how long they last, without the tokens', async () => {
    const { store, clock } = await filled();
    clock.advance(1_000);
    const entries = await inspectTokenStore(store);
    expect(entries).toHaveLength(3);
    expect(entries.filter(({ expired }) => expired).map(({ scopes }) => scopes)).toEqual([['short']]);
    expect(entries).toContainEqual(
      expect.objectContaining({ tenantId: TENANT, keyId: 'k1', expired: false }),
    );
    expect(inspect(entries, { depth: null })).not.toContain(CANARY);
    expect(inspect(entries, { depth: null })).not.toContain(tokenKey().fingerprint);
  });

  it('finds nothing where nothing was ever written', async () => {
    const store = fileTokenStore({ directory: await temporaryFolder(), keys: someKeys() });
    expect(await inspectTokenStore(store)).toEqual([]);
    expect(await clearTokenStore(store)).toBe(0);
  });
});

describe('tidyTokenStore', () => {
  it('removes what dead processes left, which verifyTokenStore names, and nothing that is in use', async () => {
    const { store, directory, clock } = await filled();
    const held = await store.acquireLease?.(tokenKey(), { ttlMs: 10_000, waitMs: 0 });
    const [path = ''] = await filesIn(directory);
    const folder = dirname(path);
    const dead = join(folder, `${'a'.repeat(64)}.lease`);
    await writeFile(dead, '{"owner":"x","pid":1,"machine":"another","endsAt":0}');
    const link = join(folder, `${'b'.repeat(64)}.lease`);
    await symlink('/nowhere', link);
    const old = join(folder, 'write.0011223344556677.tmp');
    await writeFile(old, 'half');
    const long = new Date(clock.now() - 7_200_000);
    await utimes(old, long, long);
    const young = join(folder, 'write.8899aabbccddeeff.tmp');
    await writeFile(young, 'half');
    const { abandoned, readable } = await verifyTokenStore(store);
    expect(abandoned.map(({ file, kind }) => [file, kind]).sort()).toEqual(
      [
        [dead, 'lease'],
        [link, 'lease'],
        [old, 'unfinished'],
      ].sort(),
    );
    expect((await tidyTokenStore(store)).toSorted()).toEqual([dead, link, old].sort());
    const left = await verifyTokenStore(store);
    expect([left.abandoned, left.readable]).toEqual([[], readable]);
    expect(await filesIn(directory)).toContain(young);
    expect(await store.acquireLease?.(tokenKey(), { ttlMs: 10_000, waitMs: 0 })).toBeUndefined();
    await held?.release();
    expect(await tidyTokenStore(store)).toEqual([]);
  });

  it('has nothing to do without a folder', async () => {
    const store = fileTokenStore({ directory: await temporaryFolder(), keys: someKeys() });
    expect(await tidyTokenStore(store)).toEqual([]);
  });
});

describe('verifyTokenStore', () => {
  it('names each bad file and what to do, and changes nothing', async () => {
    const { store, directory } = await filled();
    const [path = ''] = await filesIn(directory);
    await writeFile(path, 'damaged', { mode: 0o600 });
    const before = await filesIn(directory);
    const result = await verifyTokenStore(store);
    expect(result.readable).toBe(2);
    expect(result.problems).toEqual([expect.objectContaining({ file: path, problem: 'is damaged' })]);
    expect(await filesIn(directory)).toEqual(before);
  });

  it('tells a file whose key is not here from one that was changed', async () => {
    const { store, options, directory } = await filled();
    const stranger = fileTokenStore({ ...options, keys: someKeys(keyLine('k2')) });
    const { problems } = await verifyTokenStore(stranger);
    expect(new Set(problems.map(({ problem }) => problem))).toEqual(
      new Set(['is sealed by a key that is not here']),
    );
    const [path = ''] = await filesIn(directory);
    const data = await readFile(path);
    data[data.length - 1] = (data.at(-1) ?? 0) ^ 1;
    await writeFile(path, data);
    expect((await verifyTokenStore(store)).problems[0]?.problem).toContain('was changed');
  });
});

describe('clearTokenStore', () => {
  it('removes everything, bad files included, and the store goes on', async () => {
    const { store, directory } = await filled();
    const [path = ''] = await filesIn(directory);
    await writeFile(`${path}.corrupt-1`, '');
    expect(await clearTokenStore(store)).toBe(3);
    expect(await filesIn(directory)).toEqual([]);
    await store.set(tokenKey(), storedToken({ store }));
    expect(await filesIn(directory)).toHaveLength(1);
  });

  it.each([
    [{ tenantId: TENANT }, 2],
    [{ tenantId: 'nobody' }, 0],
    [{ expired: true }, 1],
    [{ tenantId: 'other', expired: true }, 0],
    [{ clientId: tokenKey().clientId }, 3],
    [{ fingerprint: tokenKey().fingerprint }, 3],
    [{ fingerprint: 'of another secret' }, 0],
  ])('removes those that match %j', async (filter, count) => {
    const { store, clock, directory } = await filled();
    clock.advance(1_000);
    expect(await clearTokenStore(store, filter)).toBe(count);
    expect(await filesIn(directory)).toHaveLength(3 - count);
  });
});

describe('migrateTokenStore', () => {
  it('seals what lay in the clear', async () => {
    const options = { directory: await temporaryFolder() };
    const plain = fileTokenStore({ ...options, keys: [], unsafeAllowPlaintext: true });
    await plain.set(tokenKey(), storedToken({ store: plain }, CANARY));
    const [path = ''] = await filesIn(options.directory);
    expect(await readFile(path, 'utf8')).toContain(CANARY);
    const sealed = fileTokenStore({ ...options, keys: someKeys() });
    expect(await migrateTokenStore(plain, sealed)).toEqual({ moved: 1, left: 0 });
    expect(await readFile(path, 'latin1')).not.toContain(CANARY);
    expect((await sealed.get(tokenKey()))?.token).toBe(CANARY);
  });

  it('copies valid tokens into another store, and leaves out expired ones', async () => {
    const { store, clock } = await filled();
    clock.advance(1_000);
    const to = memoryTokenStore({ clock });
    expect(await migrateTokenStore(store, to)).toEqual({ moved: 2, left: 1 });
    expect((await to.get(tokenKey()))?.token).toBe(CANARY);
  });

  it('leaves a token alone that another process is renewing', async () => {
    const { store, options } = await filled();
    const lease = await fileTokenStore(options).acquireLease?.(tokenKey(), { ttlMs: 9_000, waitMs: 0 });
    expect(await migrateTokenStore(store)).toEqual({ moved: 2, left: 1 });
    await lease?.release();
  });
});

describe('rotateKeys', () => {
  it('seals all tokens by a new key, which other processes find by themselves', async () => {
    const directory = await temporaryFolder();
    const load = memoryKeyring();
    const open = () => fileTokenStore({ directory, keys: keyringKeys({ load }) });
    const [store, other] = [open(), open()];
    await store.set(tokenKey(), storedToken({ store }));
    expect(await other.get(tokenKey())).toBeDefined();
    const [before] = await inspectTokenStore(store);
    expect(await rotateKeys(store)).toEqual({ moved: 1, left: 0 });
    const [after] = await inspectTokenStore(store);
    expect(after?.keyId).not.toBe(before?.keyId);
    expect(await other.get(tokenKey())).toBeDefined();
    expect((await other.status()).keyIds[0]).toBe(after?.keyId);
  });

  it('says how keys that come from outside are rotated', async () => {
    const { store } = await filled();
    await expect(rotateKeys(store)).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining('environment') as string,
    });
  });
});

it('no token, key or fingerprint is in any file, log, status or error', async () => {
  const directory = await temporaryFolder();
  const logger = keptLog();
  const load = memoryKeyring();
  const fingerprint = 'canary-fingerprint';
  const key = tokenKey({ fingerprint });
  const store = fileTokenStore({ directory, logger, keys: keyringKeys({ load }) });
  await store.set(key, storedToken({ store }, CANARY));
  const lease = await store.acquireLease?.(key, { ttlMs: 1_000, waitMs: 0 });
  const files = await filesIn(directory);
  const secret = [...load.secrets.values()].join().split(':')[1] ?? '';
  expect(secret).toHaveLength(43);
  const canaries = [CANARY, 'canary', secret, TENANT, tokenKey().clientId].flatMap((text) => [
    text,
    Buffer.from(text).toString('base64').replaceAll('=', ''),
    Buffer.from(text).toString('hex'),
  ]);
  canaries.push(Buffer.from(secret, 'base64url').toString('latin1'));
  // The same token by bad files, so that errors and warnings are made.
  const [path = ''] = files;
  const seen = await Promise.all(files.map((file) => readFile(file, 'latin1')));
  await writeFile(path, Buffer.concat([await readFile(path), Buffer.from([1])]));
  await store.get(key);
  seen.push(...(await Promise.all((await filesIn(directory)).map((file) => readFile(file, 'latin1')))));
  seen.push(files.join(), JSON.stringify(logger.events), inspect(await store.status(), { depth: null }));
  seen.push(inspect(store, { depth: null, showHidden: true }), JSON.stringify(await verifyTokenStore(store)));
  await lease?.release();
  expect(logger.events.length).toBeGreaterThan(0);
  for (const text of seen) for (const canary of canaries) expect(text).not.toContain(canary);
});

it('a store of another kind is refused by its maintenance', async () => {
  const other = {
    ...memoryTokenStore(),
    directory: '/nowhere',
    status: () => Promise.reject(new Error('unused')),
  };
  for (const work of [
    inspectTokenStore(other),
    verifyTokenStore(other),
    rotateKeys(other),
    clearTokenStore(other, { expired: true }),
  ]) {
    await expect(work).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      remedy: 'Give the store that fileTokenStore() has returned.',
    });
  }
});
