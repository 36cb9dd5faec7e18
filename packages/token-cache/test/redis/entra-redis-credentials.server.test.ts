import { setImmediate } from 'node:timers/promises';
import { AmlAuthError, createAccessToken, isAmlAuthError, type AccessToken } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { hasRedisServer, startRedisServer } from '@aml-auth/testkit/redis';
import { entraRedisCredentials } from '@aml-auth/token-cache';
import { createClient } from 'redis';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connected } from './redis-world.js';

const OID = '33333333-3333-3333-3333-333333333333';
const LIFE_MS = 3_600_000;

function tokenOf(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.sig`;
}

/** A credential whose next answer the test decides. */
function world() {
  const clock = manualClock();
  const scopes: unknown[] = [];
  let answer: () => AccessToken = () => {
    throw new Error('no answer');
  };
  const credential = {
    getToken: (scope: unknown): Promise<AccessToken> => {
      scopes.push(scope);
      return Promise.resolve().then(answer);
    },
  };
  return {
    clock,
    scopes,
    credential,
    give(jti: string): string {
      const token = tokenOf({ oid: OID, jti });
      const expiresOnTimestamp = clock.now() + LIFE_MS;
      answer = () => createAccessToken({ token, expiresOnTimestamp });
      return token;
    },
    fail(error: Error): void {
      answer = () => {
        throw error;
      };
    },
  };
}

/** A subscription and what it was told. */
async function subscribed({ credential, clock }: ReturnType<typeof world>) {
  const told: (string | undefined)[] = [];
  const [first, subscription] = await entraRedisCredentials(credential, { clock }).subscribe({
    onNext: ({ password }) => void told.push(password),
    onError: (error) => void told.push(isAmlAuthError(error) ? error.code : error.name),
  });
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await setImmediate();
  };
  return { first, subscription, told, pass };
}

describe('entraRedisCredentials', () => {
  it('gives the token for Redis as the password of its object id, and the next one in good time', async () => {
    const one = world();
    const first = one.give('first');
    const { first: given, told, pass, subscription } = await subscribed(one);
    expect(given).toEqual({ username: OID, password: first });
    const second = one.give('second');
    await pass(LIFE_MS * 0.8 - 1);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual([second]);
    expect(new Set(one.scopes)).toEqual(new Set(['https://redis.azure.com/.default']));
    subscription.dispose();
    expect(one.clock.pending).toBe(0);
  });

  it('asks again, and more often, where it gets the old token once more', async () => {
    const one = world();
    one.give('first');
    const { told, pass } = await subscribed(one);
    await pass(LIFE_MS * 0.8);
    expect(told).toEqual([]);
    const second = one.give('second');
    await pass(LIFE_MS * 0.2 * 0.25);
    expect(told).toEqual([second]);
  });

  it('bears failures as long as the token lasts, then gives up', async () => {
    const one = world();
    one.give('first');
    const { told, pass } = await subscribed(one);
    one.fail(new AmlAuthError({ code: 'AML_NETWORK', message: 'no network' }));
    await pass(LIFE_MS * 0.9);
    expect(told).toEqual([]);
    for (let step = 0; step < 200 && told.length === 0; step += 1) await pass(LIFE_MS / 100);
    expect(told).toEqual(['AML_NETWORK']);
    expect(one.clock.pending).toBe(0);
  });

  it('refuses a token that does not say whose it is', async () => {
    const credential = {
      getToken: () =>
        Promise.resolve(createAccessToken({ token: 'opaque', expiresOnTimestamp: Date.now() + 1 })),
    };
    const listener = { onNext: () => undefined, onError: () => undefined };
    await expect(entraRedisCredentials(credential).subscribe(listener)).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
    const [given, subscription] = await entraRedisCredentials(credential, { username: 'me' }).subscribe(
      listener,
    );
    expect(given.username).toBe('me');
    subscription.dispose();
  });

  it.skipIf(!hasRedisServer())(
    'signs node-redis in to a real server, and again on the open connection',
    async () => {
      const server = await startRedisServer();
      const admin = await connected(server.url);
      const one = world();
      const first = one.give('first');
      await admin.sendCommand(['ACL', 'SETUSER', OID, 'on', `>${first}`, '~*', '+@all']);
      const refusals: Error[] = [];
      const client = createClient({
        url: server.url,
        credentialsProvider: entraRedisCredentials(one.credential, {
          clock: one.clock,
          onError: (error) => void refusals.push(error),
        }),
      });
      onTestFinished(async () => {
        client.destroy();
        admin.destroy();
        await server.close();
      });
      await client.connect();
      expect(await client.sendCommand(['ACL', 'WHOAMI'])).toBe(OID);

      const second = one.give('second');
      await admin.sendCommand(['ACL', 'SETUSER', OID, 'resetpass', `>${second}`]);
      one.clock.advance(LIFE_MS * 0.8);
      await vi.waitFor(async () => expect(await admin.info('commandstats')).toMatch(/cmdstat_auth:calls=1,/));
      expect(await admin.info('commandstats')).toMatch(/cmdstat_auth:.*failed_calls=0/);
      expect(await client.sendCommand(['ACL', 'WHOAMI'])).toBe(OID);
      expect(refusals).toEqual([]);
    },
  );
});
