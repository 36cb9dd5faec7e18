import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from '@aml-auth/emulator';
import { onTestFinished } from 'vitest';

/** 32 bytes for a key that seals tokens in tests. */
const KEY = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

/** A user with an empty home of its own, on a machine whose cloud is the emulator. */
export async function freshUser(emulator: Emulator): Promise<Record<string, string>> {
  const home = await mkdtemp(join(tmpdir(), 'aml-auth-user-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return {
    HOME: home,
    XDG_STATE_HOME: join(home, 'state'),
    AML_AUTH_CONFIG_DIR: join(home, 'config'),
    AML_AUTH_CACHE_DIR: join(home, 'cache'),
    AML_AUTH_CACHE_KEY: KEY,
    ARM_CLOUD_METADATA_URL: emulator.env()['ARM_CLOUD_METADATA_URL'] ?? '',
  };
}
