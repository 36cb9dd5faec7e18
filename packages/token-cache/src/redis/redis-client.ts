/**
 * What is used of a client of node-redis (`createClient`, `createCluster`, `createSentinel` of `redis` 6), named so
 * that the package needs none of its types.
 */
export interface NodeRedisClient {
  get(key: string): Promise<unknown>;
  set(
    key: string,
    value: string,
    options: {
      readonly expiration: { readonly type: 'PX'; readonly value: number };
      readonly condition?: 'NX';
    },
  ): Promise<unknown>;
  del(key: string): Promise<unknown>;
  eval(script: string, options: { readonly keys: string[]; readonly arguments: string[] }): Promise<unknown>;
}

/** What is used of a client of ioredis or iovalkey (`Redis` and `Cluster`). */
export interface IoredisClient {
  call(command: string, ...args: (string | number)[]): Promise<unknown>;
}

/** What is used of a client of valkey-glide (`GlideClient` and `GlideClusterClient`). */
export interface GlideClient {
  customCommand(args: string[]): Promise<unknown>;
}

/** A connected client, or one that connects by itself. Its user opens and closes it. */
export type RedisClient = NodeRedisClient | IoredisClient | GlideClient;
