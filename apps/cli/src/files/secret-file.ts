import { open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';

/** A file that will hold a secret: made for this user alone, before there is the secret. */
export interface SecretFile {
  /** Absolute. */
  readonly path: string;
  readonly write: (text: string) => Promise<void>;
}

/**
 * Makes the file, readable for this user alone (0600), and takes it away again where the work fails before anything
 * was written. A file that is there is never written over. What is told only once must not meet a full disk or a
 * folder that cannot be written to when it is there.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the file is there or cannot be made; what `work` throws
 */
export async function withSecretFile<T>(
  folder: string,
  name: string | undefined,
  work: (file: SecretFile | undefined) => Promise<T>,
): Promise<T> {
  if (name === undefined) return work(undefined);
  const path = resolve(folder, name);
  const handle = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: code === 'EEXIST' ? `${path} is there already.` : `${path} cannot be made (${code}).`,
      remedy: 'Give a path in a folder of yours where nothing is yet: secrets are not written over files.',
      cause,
    });
  });
  const state = { isWritten: false };
  try {
    return await work({
      path,
      write: async (text) => {
        state.isWritten = true;
        await handle.writeFile(text);
        await handle.sync();
      },
    });
  } finally {
    await handle.close();
    if (!state.isWritten) await rm(path, { force: true });
  }
}
