import { createTokenEngine, type StoredToken, type TokenStore } from '@aml-auth/core';
import { environmentKeys, fileTokenStore } from '@aml-auth/token-cache';
import { tokenKey } from './worker-key.js';

/** What a process of the tests is started with. */
export interface WorkerSetup {
  readonly directory: string;
  /** `AML_AUTH_CACHE_KEY`. */
  readonly keys: string;
  /** A Redis server that has the tokens in place of the folder. */
  readonly redis?: string | undefined;
}

/** What a process of the tests can be told to do; each is answered by one message. */
export type Job =
  | { readonly job: 'fill'; readonly worker: number; readonly count: number }
  | { readonly job: 'getToken'; readonly url: string }
  | { readonly job: 'hold' }
  | { readonly job: 'release' }
  | { readonly job: 'rewrite'; readonly scope: string; readonly values: readonly string[] };

const HOUR_MS = 3_600_000;

/** The jobs, over one store. */
export async function workerJobs(setup: WorkerSetup): Promise<(job: Job) => Promise<unknown>> {
  const store = await storeOf(setup);
  let release = (): Promise<void> => Promise.resolve();

  return async (job) => {
    switch (job.job) {
      case 'fill':
        return fill(store, job.worker, job.count);
      case 'getToken':
        return getToken(store, job.url);
      case 'hold': {
        const lease = await store.acquireLease?.(tokenKey(), { ttlMs: 60_000, waitMs: 0 });
        release = () => lease?.release() ?? Promise.resolve();
        return lease !== undefined;
      }
      case 'release':
        await release();
        return 'released';
      case 'rewrite':
        return rewrite(store, job.scope, job.values);
    }
  };
}

async function storeOf({ directory, keys: line, redis: url }: WorkerSetup): Promise<TokenStore> {
  const keys = environmentKeys({ AML_AUTH_CACHE_KEY: line });
  if (url === undefined) return fileTokenStore({ directory, keys });
  const { redisStore } = await import('./worker-redis.js');
  return redisStore(url, keys);
}

/** Writes distinct tokens, reading after each write. Gives the time of each write, in milliseconds. */
async function fill(store: TokenStore, worker: number, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = `${worker}-${index}`;
    const key = tokenKey({ scopes: [name] });
    const started = performance.now();
    await store.set(key, { token: name, expiresOnTimestamp: Date.now() + HOUR_MS });
    times.push(performance.now() - started);
    if ((await store.get(key))?.token !== name) throw new Error(`${name} is not there after it was written`);
  }
  return times;
}

/** As a credential does. */
async function getToken(store: TokenStore, url: string): Promise<string> {
  const engine = createTokenEngine({
    identity: { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' },
    store,
    acquire: async () => (await (await fetch(url)).json()) as StoredToken,
  });
  return (await engine.getToken('scope')).token;
}

/** Never ends by itself. */
async function rewrite(store: TokenStore, scope: string, values: readonly string[]): Promise<never> {
  const key = tokenKey({ scopes: [scope] });
  for (let round = 0; ; round += 1) {
    const token = values[round % values.length] ?? '';
    await store.set(key, { token, expiresOnTimestamp: Date.now() + HOUR_MS });
    if (round === 0) process.send?.({ answer: 'started' });
  }
}
