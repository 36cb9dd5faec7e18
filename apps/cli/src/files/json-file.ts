import { dirname } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { localStateError } from '../local-state-error.js';
import { builtins } from './builtins.js';
import { makeFolder } from './make-folder.js';

/** Larger files were not written by this program. */
const MAX_BYTES = 1_048_576;

/** Whether only the user may write to a file that is read. Files of a project belong to whoever cloned it. */
export type Owner = 'user' | 'project';

/**
 * The JSON object in a file; undefined where there is no file. Links, pipes, folders and large files are refused, and
 * files of the user that others may write to.
 *
 * @throws {AmlAuthError} that ends with exit code 8, naming the file and what to do
 */
// eslint-disable-next-line @typescript-eslint/require-await -- failures are rejections
export async function readJsonFile(
  path: string,
  owner: Owner,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const text = readText(path, owner);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw localStateError(`${path} is not JSON.`, 'Repair it, or remove it and start anew.', cause);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw localStateError(`${path} is not a JSON object.`, 'Repair it, or remove it and start anew.');
}

/** Blocks for some microseconds; four turns through the thread pool, and the modules behind them, take far longer. */
function readText(path: string, owner: Owner): string | undefined {
  const { closeSync, constants, fstatSync, openSync, readFileSync } = builtins.fs;
  let file: number;
  try {
    // Not blocking: a pipe without a writer would hold the program up for ever.
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'ELOOP')
      throw localStateError(`${path} is a symbolic link.`, 'Put a file in its place.', error);
    throw localStateError(`${path} cannot be read (${code}).`, 'Check its permissions.', error);
  }
  try {
    const found = fstatSync(file);
    const { mode, size, uid } = found;
    if (!found.isFile()) throw localStateError(`${path} is not a file.`, 'Put a file in its place.');
    if (size > MAX_BYTES)
      throw localStateError(`${path} is larger than a megabyte.`, 'Remove it and start anew.');
    if (owner === 'user' && process.platform !== 'win32') {
      if (uid !== process.geteuid?.() && uid !== 0) {
        throw localStateError(`${path} belongs to another user.`, 'Remove it and start anew.');
      }
      if ((mode & 0o022) !== 0) {
        throw localStateError(`Others may write to ${path}.`, `Run: chmod 600 ${path}`);
      }
    }
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/**
 * Writes the object in one step, for this user alone: a reader sees the old or the new file, and so does a machine
 * that loses power.
 *
 * @throws {AmlAuthError} `AML_UNAVAILABLE` where it cannot be written
 */
export async function writeJsonFile(path: string, value: object): Promise<void> {
  const { open, rename, rm } = builtins.fsPromises;
  const draft = `${path}.${builtins.crypto.randomUUID()}.tmp`;
  try {
    await makeFolder(dirname(path));
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(value, undefined, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new AmlAuthError({
      code: 'AML_UNAVAILABLE',
      message: `${path} cannot be written (${code}).`,
      remedy: 'Check the folder and the space on its disk, or set AML_AUTH_CONFIG_DIR to another folder.',
      cause,
    });
  }
}
