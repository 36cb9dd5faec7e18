export type { AbandonedFile } from './file/abandoned-files.js';
export { cacheDirectory, type Environment } from './file/cache-directory.js';
export type { FileProblem } from './file/decoded-or-problem.js';
export {
  fileTokenStore,
  type FileStoreStatus,
  type FileTokenStore,
  type FileTokenStoreOptions,
} from './file/file-token-store.js';
export {
  clearTokenStore,
  inspectTokenStore,
  migrateTokenStore,
  rotateKeys,
  tidyTokenStore,
  verifyTokenStore,
  type ClearFilter,
  type InspectedEntry,
  type StoreMigration,
  type StoreVerification,
} from './file/maintenance.js';
export { defaultKeySources } from './keys/default-key-sources.js';
export { environmentKeys } from './keys/environment-keys.js';
export type { SkippedTier } from './keys/first-keys.js';
export { kernelKeys, type KernelKeysOptions } from './keys/kernel-keys.js';
export {
  keyringKeys,
  type KeyringEntry,
  type KeyringKeysOptions,
  type KeyringModule,
} from './keys/keyring-keys.js';
export { passphraseKeys, type PassphraseKeysOptions } from './keys/passphrase-keys.js';
export { memoryTokenStore, type MemoryTokenStoreOptions } from './memory/memory-token-store.js';
export { keyRing, type KeyRing, type SealingKey } from './sealing/key-ring.js';
export type { GlideClient, IoredisClient, NodeRedisClient, RedisClient } from './redis/redis-client.js';
export {
  entraRedisCredentials,
  type EntraRedisCredentials,
  type EntraRedisOptions,
  type RedisPassword,
  type RedisSubscription,
} from './redis/entra-redis-credentials.js';
export { redisTokenStore, type RedisTokenStoreOptions } from './redis/redis-token-store.js';
export type { Exclusive, KeySource, KeyTier } from './sealing/key-source.js';
export { azureIdentityCachePlugin } from './msal/azure-identity-cache-plugin.js';
export {
  msalCachePlugin,
  type MsalCacheContext,
  type MsalTokenCache,
  type MsalCachePlugin,
  type MsalCachePluginOptions,
} from './msal/msal-cache-plugin.js';
