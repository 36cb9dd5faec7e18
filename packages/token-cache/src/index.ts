export { memoryTokenStore, type MemoryTokenStoreOptions } from './memory/memory-token-store.js';
