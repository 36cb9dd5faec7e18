import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { AmlAuthError } from '@aml-auth/core';

import { randomBytes } from 'node:crypto';

const DIRECTORY_MODE = 0o700;
const KEY_MODE = 0o600;

/**
 * A JSON file with private keys in a folder of its own: made once, then read. The file appears
 * whole or not at all, and when two processes make it at once, both use the first one's.
 *
 * @param isUsable - whether what was read may still be used; otherwise it is made again
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the folder cannot be used or the file was damaged
 */
export async function keepKeyFile<T, U>(
  folder: string,
  name: string,
  options: {
    readonly create: () => Promise<T>;
    readonly read: (stored: T) => Promise<U>;
    readonly isUsable: (value: U) => boolean;
  },
): Promise<U> {
  const path = join(folder, name);
  try {
    await mkdir(folder, { recursive: true, mode: DIRECTORY_MODE });
    await chmod(folder, DIRECTORY_MODE);
    const known = await readStored<T>(path);
    if (known !== undefined) {
      const value = await options.read(known);
      if (options.isUsable(value)) return value;
      await rm(path, { force: true });
    }
    await publish(path, JSON.stringify(await options.create()));
    const stored = await readStored<T>(path);
    if (stored === undefined) throw new Error('The file vanished.');
    return await options.read(stored);
  } catch (cause) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The key file ${path} of the emulator cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
      remedy: `Delete ${path} to have a new one made (and trusted), or choose another stateDir.`,
      cause,
    });
  }
}

async function readStored<T>(path: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  await chmod(path, KEY_MODE);
  return JSON.parse(text) as T;
}

/** A link never replaces a file that is there already. */
async function publish(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, text, { mode: KEY_MODE, flag: 'wx' });
    await link(draft, path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
}
