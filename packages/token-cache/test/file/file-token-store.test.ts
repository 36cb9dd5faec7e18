import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeTokenStore } from '@aml-auth/testkit';
import {
  environmentKeys,
  fileTokenStore,
  keyringKeys,
  type FileTokenStoreOptions,
} from '@aml-auth/token-cache';
import { memoryKeyring } from '../support/memory-keyring.js';
import { keyLine } from '../support/file-store.js';

async function subject(options: (folder: string) => FileTokenStoreOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-cache-'));
  const directory = join(folder, 'cache');
  const all = { directory, ...options(directory) };
  return {
    store: fileTokenStore(all),
    another: fileTokenStore(all),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

const line = keyLine();
const keys = environmentKeys({ AML_AUTH_CACHE_KEY: line });

describeTokenStore('fileTokenStore', async (clock) => ({
  ...(await subject(() => ({ clock, keys }))),
  clock,
}));
describeTokenStore('fileTokenStore by the clock of the machine', () => subject(() => ({ keys })));
describeTokenStore('fileTokenStore in the clear', () =>
  subject(() => ({ keys: [], unsafeAllowPlaintext: true })),
);
describeTokenStore('fileTokenStore without any key', async (clock) => {
  const { store, close } = await subject(() => ({ keys: [], clock }));
  return { store, close, clock };
});
describeTokenStore('fileTokenStore with keys of a keyring', () => {
  const load = memoryKeyring();
  return subject(() => ({ keys: keyringKeys({ load }) }));
});
