import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for tokens that goes with the emulator. */
export interface CacheFolder {
  /** For `AML_AUTH_CACHE_DIR`; mode 0700. */
  readonly path: string;
  readonly dispose: () => Promise<void>;
}

/**
 * The emulator stands at the addresses of Azure, so that a token cache cannot tell their tokens apart: one kept from
 * Azure would be sent to the emulator, and one of the emulator, whose keys are gone, to Azure or to the next emulator.
 */
export async function makeCacheFolder(): Promise<CacheFolder> {
  const path = await mkdtemp(join(tmpdir(), 'aml-auth-tokens-'));
  return { path, dispose: () => rm(path, { recursive: true, force: true }) };
}
