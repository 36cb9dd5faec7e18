export { memoryTokenStore, type MemoryTokenStoreOptions } from './memory/memory-token-store.js';
export { keyRing, type KeyRing, type SealingKey } from './sealing/key-ring.js';
export type { KeySource, KeyTier } from './sealing/key-source.js';
