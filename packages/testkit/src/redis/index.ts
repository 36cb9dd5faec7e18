export { hasRedisServer } from './has-redis-server.js';
export { startRedisCluster, type RedisCluster } from './start-redis-cluster.js';
export { startRedisServer, type RedisServer } from './start-redis-server.js';
