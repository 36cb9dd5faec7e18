/**
 * What is used of a client of node-redis (`createClient`, `createCluster`, `createSentinel` of `redis` 6), named so
 * that the package needs none of its types.
 */
export interface NodeRedisClient {
  /** `GET`. */
  get(key: string): Promise<unknown>;
  /** `SET` with a time to live in milliseconds, and `NX` where it must be new. */
  set(
    key: string,
    value: string,
    options: {
      readonly expiration: { readonly type: 'PX'; readonly value: number };
      readonly condition?: 'NX';
    },
  ): Promise<unknown>;
  /** `DEL`. */
  del(key: string): Promise<unknown>;
  /** `EVAL`. */
  eval(script: string, options: { readonly keys: string[]; readonly arguments: string[] }): Promise<unknown>;
}

/** What is used of a client of ioredis or iovalkey (`Redis` and `Cluster`). */
export interface IoredisClient {
  /** Any command. */
  call(command: string, ...args: (string | number)[]): Promise<unknown>;
}

/** What is used of a client of valkey-glide (`GlideClient` and `GlideClusterClient`). */
export interface GlideClient {
  /** Any command. */
  customCommand(args: string[]): Promise<unknown>;
}

/** A connected client, or one that connects by itself. Its user opens and closes it. */
export type RedisClient = NodeRedisClient | IoredisClient | GlideClient;
