import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { hasRedisServer, startRedisServer } from '@aml-auth/testkit/redis';
import { environmentKeys, fileTokenStore, inspectTokenStore, verifyTokenStore } from '@aml-auth/token-cache';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { filesIn, keyLine, temporaryFolder } from '../support/file-store.js';
import { workerPool, type WorkerPool } from '../support/processes.js';
import { tokenKey } from '../support/worker-key.js';

let pool: WorkerPool;
beforeAll(async () => {
  pool = await workerPool();
});
afterAll(() => pool.close());

async function subject() {
  const setup = { directory: await temporaryFolder(), keys: keyLine() };
  const keys = environmentKeys({ AML_AUTH_CACHE_KEY: setup.keys });
  const open = () => fileTokenStore({ directory: setup.directory, keys });
  return { setup, open, store: open() };
}

/** An identity provider that counts. */
async function provider() {
  const seen = { calls: 0, atOnce: 0, most: 0, endsAt: 0 };
  const settings = { lifeMs: 3_600_000 };
  const server = createServer((_, reply) => {
    seen.calls += 1;
    seen.atOnce += 1;
    seen.most = Math.max(seen.most, seen.atOnce);
    const name = `token-${seen.calls}`;
    // As long as a token takes to come: the others ask meanwhile.
    void setTimeout(200).then(() => {
      seen.atOnce -= 1;
      seen.endsAt = Date.now() + settings.lifeMs;
      reply.end(JSON.stringify({ token: name, expiresOnTimestamp: seen.endsAt }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(settings, {
    seen,
    url: `http://127.0.0.1:${port}/`,
    [Symbol.dispose]: () => void server.close(),
  });
}

describe('50 processes', () => {
  it('keep 500 of 500 tokens, and ask for one token once', async () => {
    const { setup, store } = await subject();
    using idp = await provider();
    const workers = await Promise.all(Array.from({ length: 50 }, () => pool.start(setup)));

    const times = await Promise.all(
      workers.map((worker, index) => worker.ask({ job: 'fill', worker: index, count: 10 })),
    );
    expect((times as number[][]).flat()).toHaveLength(500);
    expect(await verifyTokenStore(store)).toMatchObject({ readable: 500, expired: 0, problems: [] });

    const expired = tokenKey({ ...IDENTITY });
    await store.set(expired, { token: 'expired', expiresOnTimestamp: Date.now() + 1 });
    const tokens = await Promise.all(workers.map((worker) => worker.ask({ job: 'getToken', url: idp.url })));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    expect(idp.seen).toMatchObject({ calls: 1, most: 1 });
    await Promise.all(workers.map((worker) => worker.end()));
    expect((await filesIn(setup.directory)).filter((path) => !path.endsWith('.tok'))).toEqual([]);
  });
});

describe('two processes that ask for the same expired token', () => {
  it.each(['files', 'Redis'])('make one request, through %s', async (where) => {
    const { setup } = await subject();
    using idp = await provider();
    if (where === 'Redis' && !hasRedisServer()) return;
    const server = where === 'Redis' ? await startRedisServer() : undefined;
    onTestFinished(() => server?.close());
    const shared = { ...setup, redis: server?.url };
    const workers = await Promise.all([pool.start(shared), pool.start(shared)]);
    const ask = () => Promise.all(workers.map((worker) => worker.ask({ job: 'getToken', url: idp.url })));
    // Longer than the second below which a stored token is not taken.
    idp.lifeMs = 3_000;
    expect(await ask()).toEqual(['token-1', 'token-1']);
    // The engines of both are new for each question, so the store alone knows of the token that is over.
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(idp.seen.endsAt), { timeout: 10_000 });
    idp.lifeMs = 3_600_000;
    expect(await ask()).toEqual(['token-2', 'token-2']);
    expect(idp.seen).toMatchObject({ calls: 2, most: 1 });
    await Promise.all(workers.map((worker) => worker.end()));
  });
});

const IDENTITY = { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' };

describe('a process that is killed', () => {
  it('at any point of a write leaves the old or the new token, 200 times', { timeout: 300_000 }, async () => {
    const { setup, open, store } = await subject();
    const values = ['old', 'new'].map((name) => name.padEnd(32_768, '.'));
    const lane = async (scope: string): Promise<void> => {
      for (let round = 0; round < 50; round += 1) {
        const worker = await pool.start(setup);
        await worker.ask({ job: 'rewrite', scope, values });
        // A random point, not a wait.
        await setTimeout(Math.random() * 6);
        await worker.end();
        expect(values).toContain((await open().get(tokenKey({ scopes: [scope] })))?.token);
      }
    };
    await Promise.all(['a', 'b', 'c', 'd'].map(lane));
    const { problems } = await verifyTokenStore(store);
    expect(problems).toEqual([]);
    expect(await inspectTokenStore(store)).toHaveLength(4);
  });

  it('with the lease in its hands holds up nobody', async () => {
    const { setup, store } = await subject();
    const holder = await pool.start(setup);
    expect(await holder.ask({ job: 'hold' })).toBe(true);
    expect(await store.acquireLease?.(tokenKey(), { ttlMs: 1_000, waitMs: 0 })).toBeUndefined();
    await holder.end();
    const lease = await store.acquireLease?.(tokenKey(), { ttlMs: 1_000, waitMs: 0 });
    expect(lease).toBeDefined();
    await lease?.release();
  });
});

describe.runIf(process.platform !== 'win32')('a process that may write nothing', () => {
  it('gets its tokens, and leaves the old one and nothing else', async () => {
    const { setup, store } = await subject();
    using idp = await provider();
    const kept = tokenKey({ scopes: ['0-0'] });
    await store.set(kept, { token: 'old', expiresOnTimestamp: Date.now() + 3_600_000 });
    const files = await filesIn(setup.directory);
    const worker = await pool.startWithoutRoom(setup);
    // Each is read back, from memory.
    expect(await worker.ask({ job: 'fill', worker: 0, count: 3 })).toHaveLength(3);
    expect(await worker.ask({ job: 'getToken', url: idp.url })).toBe('token-1');
    expect((await store.get(kept))?.token).toBe('old');
    expect(await filesIn(setup.directory)).toEqual(files);
    await worker.end();
  });
});

describe.runIf(process.platform !== 'win32')('a process that is stopped', () => {
  it('with the lease in its hands holds up nobody for long, and does not end the lease of the next', async () => {
    const { setup, store } = await subject();
    const holder = await pool.start(setup);
    expect(await holder.ask({ job: 'hold' })).toBe(true);
    holder.kill('SIGSTOP');
    const lease = await store.acquireLease?.(tokenKey(), { ttlMs: 30_000, waitMs: 20_000 });
    expect(lease).toBeDefined();
    holder.kill('SIGCONT');
    expect(await holder.ask({ job: 'release' })).toBe('released');
    expect(await store.acquireLease?.(tokenKey(), { ttlMs: 1_000, waitMs: 0 })).toBeUndefined();
    await lease?.release();
    await holder.end();
  });
});
