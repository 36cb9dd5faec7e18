export { memoryTokenStore, type MemoryTokenStoreOptions } from './memory/memory-token-store.js';
export { keyRing, type KeyRing, type SealingKey } from './sealing/key-ring.js';
export type { KeySource, KeyTier } from './sealing/key-source.js';
export type { GlideClient, IoredisClient, NodeRedisClient, RedisClient } from './redis/redis-client.js';
export { redisTokenStore, type RedisTokenStoreOptions } from './redis/redis-token-store.js';
