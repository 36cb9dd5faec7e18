import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { AmlAuthError, createTokenEngine, isAmlAuthError, type TokenStore } from '@aml-auth/core';
import { tokenKey } from '@aml-auth/testkit';
import { hasRedisServer, startRedisServer } from '@aml-auth/testkit/redis';
import {
  environmentKeys,
  fileTokenStore,
  inspectTokenStore,
  keyringKeys,
  msalCachePlugin,
  passphraseKeys,
  redisTokenStore,
  rotateKeys,
  verifyTokenStore,
  type InspectedEntry,
} from '@aml-auth/token-cache';
import { expect, it, onTestFinished } from 'vitest';
import { filesIn, keptLog, temporaryFolder } from '../support/file-store.js';
import { memoryKeyring } from '../support/memory-keyring.js';
import { connected } from './redis-world.js';

/** What must be seen nowhere, and everywhere that it was seen. */
function canaries() {
  const names = [
    'access token',
    'refresh token',
    'passphrase',
    'sealing key',
    'client',
    'fingerprint',
  ] as const;
  const bytes = Object.fromEntries(names.map((name) => [name, randomBytes(32)])) as Record<
    (typeof names)[number],
    Buffer
  >;
  const text = (name: (typeof names)[number]) => bytes[name].toString('hex');

  function found(data: Buffer | string): string[] {
    const raw = Buffer.isBuffer(data) ? data.toString('latin1') : data;
    // Words that are base64 may hide what they stand for.
    const words = raw.match(/[\w+/-]{40,}/g) ?? [];
    const all = [raw, ...words.map((word) => Buffer.from(word, 'base64').toString('latin1'))].join('\n');
    return names.filter((name) =>
      [
        text(name),
        bytes[name].toString('base64').replace(/=+$/, ''),
        bytes[name].toString('base64url'),
        bytes[name].toString('latin1'),
        Buffer.from(text(name)).toString('base64').slice(0, 60),
      ].some((form) => all.includes(form)),
    );
  }
  return { bytes, text, found };
}

/** Uses a store in all ways, the failing ones included. Gives all that came out of it. */
async function useAll(store: TokenStore, { text }: ReturnType<typeof canaries>): Promise<unknown[]> {
  const seen: unknown[] = [store, JSON.stringify(store)];
  const identity = {
    authorityHost: 'https://login.test',
    tenantId: 't',
    clientId: text('client'),
    fingerprint: text('fingerprint'),
  };
  const token = { token: text('access token'), expiresOnTimestamp: Date.now() + 3_600_000 };
  const log = keptLog();
  const engine = (acquire: () => Promise<typeof token>) =>
    createTokenEngine({ identity, store, logger: log, acquire });
  seen.push(await engine(() => Promise.resolve(token)).getToken('scope'));
  const refused = new AmlAuthError({ code: 'AML_CREDENTIAL_REJECTED', message: 'no', status: 401 });
  seen.push(
    await engine(() => Promise.reject(refused))
      .getToken('other')
      .catch((error: unknown) => error),
  );
  const lease = await store.acquireLease?.(tokenKey(), { ttlMs: 1_000, waitMs: 0 });
  seen.push(lease, log.events);
  await lease?.release();
  let cache = '{}';
  const context = {
    cacheHasChanged: true,
    tokenCache: { serialize: () => cache, deserialize: () => undefined },
  };
  const plugin = msalCachePlugin({ store, logger: log });
  await plugin.beforeCacheAccess(context);
  cache = JSON.stringify({ RefreshToken: { [text('client')]: { secret: text('refresh token') } } });
  await plugin.afterCacheAccess(context);
  seen.push(plugin);
  return seen;
}

/** All forms in which something can be printed. */
function printed(seen: readonly unknown[]): string {
  const reports = seen.filter(isAmlAuthError).map((error) => `${error.toReport()}\n${error.stack ?? ''}`);
  return [
    inspect(seen, { depth: null, showHidden: true, maxStringLength: null }),
    String(seen),
    ...reports,
  ].join('\n');
}

it('files, logs and errors show none of what is seeded', async () => {
  const seeds = canaries();
  const directory = await temporaryFolder();
  const file = `${directory}-passphrase`;
  await writeFile(file, seeds.text('passphrase'), { mode: 0o600 });
  const load = memoryKeyring();
  const line = `k1:${seeds.bytes['sealing key'].toString('base64url')}`;
  const logger = keptLog();
  const seen: unknown[] = [];
  const sources = [
    environmentKeys({ AML_AUTH_CACHE_KEY: line }),
    passphraseKeys({ file, directory: `${directory}/1` }),
    keyringKeys({ load }),
  ];
  for (const [index, keys] of sources.entries()) {
    const store = fileTokenStore({ directory: `${directory}/${String(index)}`, keys, logger });
    seen.push(...(await useAll(store, seeds)), keys);
    if (keys.rotate !== undefined) await rotateKeys(store);
    seen.push(await store.status(), await inspectTokenStore(store).then(withoutClient));
    // Damage, foreign eyes, and a folder that is a file: each makes texts of its own.
    const [first = '', second = ''] = (await filesIn(store.directory)).filter((path) =>
      path.endsWith('.tok'),
    );
    await writeFile(first, (await readFile(first)).subarray(0, -1));
    await chmod(second, 0o644);
    seen.push(await verifyTokenStore(store), await useAll(store, seeds), await store.status());
  }
  // A key that is malformed must not be shown in the message that says so.
  const bad = environmentKeys({ AML_AUTH_CACHE_KEY: line.replace('k1:', 'k1;') });
  seen.push(await bad.load().catch((error: unknown) => error));
  seen.push(logger.events);

  const files = await filesIn(directory);
  expect(files.length).toBeGreaterThanOrEqual(10);
  for (const path of files)
    expect([path, ...seeds.found(await readFile(path)), ...seeds.found(path)]).toEqual([path]);
  expect(seeds.found(printed(seen))).toEqual([]);
  // The search finds what is there.
  expect(seeds.found(await readFile(file))).toEqual(['passphrase']);
  const plain = fileTokenStore({ directory: `${directory}/plain`, keys: [], unsafeAllowPlaintext: true });
  await useAll(plain, seeds);
  const clear = await Promise.all((await filesIn(plain.directory)).map(async (path) => readFile(path)));
  expect(new Set(clear.flatMap(seeds.found))).toEqual(
    new Set(['access token', 'refresh token', 'client', 'fingerprint']),
  );
});

/** Whose tokens there are, and for what, is what inspecting is for. */
function withoutClient(entries: readonly InspectedEntry[]): unknown {
  return entries.map((entry) => ({ ...entry, clientId: '', scopes: [] }));
}

it.skipIf(!hasRedisServer())(
  'names and values in Redis, commands, logs and errors show none of it',
  async () => {
    const seeds = canaries();
    const server = await startRedisServer();
    const [client, watcher, reader] = [
      await connected(server.url),
      await connected(server.url),
      await connected(server.url),
    ];
    onTestFinished(async () => {
      for (const one of [client, watcher, reader]) one.destroy();
      await server.close();
    });
    const sent: string[] = [];
    await watcher.monitor((line) => void sent.push(line));
    const logger = keptLog();
    const keys = environmentKeys({
      AML_AUTH_CACHE_KEY: `k1:${seeds.bytes['sealing key'].toString('base64url')}`,
    });
    const store = redisTokenStore({ client, keys, logger, limitMs: 5_000 });
    const seen: unknown[] = await useAll(store, seeds);

    const names = await reader.keys('*');
    expect(names.some((name) => name.endsWith(':refused'))).toBe(true);
    const values = await Promise.all(names.map(async (name) => (await reader.get(name)) ?? ''));
    for (const text of [...names, ...values]) expect(seeds.found(text)).toEqual([]);
    expect(sent.length).toBeGreaterThan(10);
    for (const line of sent) expect(seeds.found(line)).toEqual([]);

    await Promise.all(names.map((name, index) => reader.set(name, values[index]?.slice(4) ?? '')));
    seen.push(await useAll(redisTokenStore({ client, keys, logger, limitMs: 5_000 }), seeds));
    await server.kill();
    const dead = redisTokenStore({ client, keys, logger, limitMs: 50 });
    seen.push(await useAll(dead, seeds), await dead.delete(tokenKey()).catch((error: unknown) => error));
    expect(logger.events.map(({ event }) => event)).toContain('token.store.unavailable');
    expect(seeds.found(printed([...seen, logger.events]))).toEqual([]);
  },
);
