import type { RedisClient } from './redis-client.js';

/** The five commands that a token store needs. Each touches one key, so that a cluster can route it. */
export interface RedisCommands {
  /** The text, or undefined where there is none. */
  get(key: string): Promise<string | undefined>;
  /** Keeps the text for `ttlMs` milliseconds. */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** The same where there is no such key yet; whether it was kept. */
  setIfAbsent(key: string, value: string, ttlMs: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** Deletes the key where it has this value. */
  deleteIfEqual(key: string, value: string): Promise<void>;
}

/** Compare and delete, in one step on the server. */
const DELETE_IF_EQUAL =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

/** The commands by whichever client it is, told by the methods that it has. */
export function redisCommands(client: RedisClient): RedisCommands {
  if ('customCommand' in client) return byCommand((args) => client.customCommand(args));
  if ('call' in client) return byCommand(([name = '', ...args]) => client.call(name, ...args));
  return {
    get: async (key) => textOf(await client.get(key)),
    async set(key, value, ttlMs) {
      await client.set(key, value, { expiration: { type: 'PX', value: ttlMs } });
    },
    setIfAbsent: async (key, value, ttlMs) =>
      isOk(await client.set(key, value, { expiration: { type: 'PX', value: ttlMs }, condition: 'NX' })),
    async delete(key) {
      await client.del(key);
    },
    async deleteIfEqual(key, value) {
      await client.eval(DELETE_IF_EQUAL, { keys: [key], arguments: [value] });
    },
  };
}

function byCommand(send: (args: string[]) => Promise<unknown>): RedisCommands {
  return {
    get: async (key) => textOf(await send(['GET', key])),
    async set(key, value, ttlMs) {
      await send(['SET', key, value, 'PX', String(ttlMs)]);
    },
    setIfAbsent: async (key, value, ttlMs) =>
      isOk(await send(['SET', key, value, 'PX', String(ttlMs), 'NX'])),
    async delete(key) {
      await send(['DEL', key]);
    },
    async deleteIfEqual(key, value) {
      await send(['EVAL', DELETE_IF_EQUAL, '1', key, value]);
    },
  };
}

/** A client may be set up to answer with bytes. */
function textOf(reply: unknown): string | undefined {
  if (typeof reply === 'string') return reply;
  return reply instanceof Uint8Array ? Buffer.from(reply).toString('latin1') : undefined;
}

function isOk(reply: unknown): boolean {
  return textOf(reply) === 'OK';
}
