import { dirname } from 'node:path';
import { builtins } from './builtins.js';

/**
 * Makes a folder for this user alone, and those above it. Level by level: where a file system such as `/proc` answers
 * `ENOENT` although the folder above is there, the recursive way of Node.js never ends.
 *
 * @throws the error of the system where it cannot be made
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await make(path);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    await makeFolder(parent);
    await make(path);
  }
}

async function make(path: string): Promise<void> {
  await builtins.fsPromises.mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}
