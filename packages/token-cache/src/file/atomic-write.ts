import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsync, openSync, renameSync, writeFileSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { systemCode } from './file-problem.js';

/** Puts a file in the place of another one in one step. `rename` of the system, or one with faults. */
export type Rename = (from: string, to: string) => Promise<void>;

/** Virus scanners, network file systems and open readers on Windows refuse for a moment. */
const PASSING = new Set(['EPERM', 'EBUSY', 'EACCES', 'ESTALE']);
/** Waits for the disk, which may take long: the one step that is given to the thread pool. */
const sync = promisify(fsync);
/** Pauses before the next try. Milliseconds. */
const PAUSES_MS = [10, 30, 90, 200];

/** What unfinished files end with; {@link isUnfinished} knows them again. */
const SUFFIX = '.tmp';

/** Whether a file name is one that a write has left behind, or has not finished. */
export function isUnfinished(name: string): boolean {
  return name.endsWith(SUFFIX);
}

/** A name in the same folder that nobody else uses. */
export function unfinishedName(path: string): string {
  return `${path}.${randomBytes(8).toString('hex')}${SUFFIX}`;
}

/**
 * Writes a file for this user only so that readers, and a crash at any point, see the old or the new content and
 * nothing in between. On any failure, a full disk included, the old file stays as it was.
 *
 * The content is synced before it gets its name; the folder is not, which costs more than all else: after a loss of
 * power the name may mean the old file, which is an older token.
 */
export async function atomicWrite(path: string, data: Uint8Array, move: Rename = renameNow): Promise<void> {
  const unfinished = unfinishedName(path);
  try {
    await writeNew(unfinished, data);
    await moveWithPatience(unfinished, path, move);
  } catch (error) {
    await unlink(unfinished).catch(() => undefined);
    throw error;
  }
}

/**
 * All but the sync takes microseconds, in which the thread pool would only be in the way: with many processes on few
 * cores, its turns cost several times what they do.
 */
async function writeNew(path: string, data: Uint8Array): Promise<void> {
  const file = openSync(path, 'wx', 0o600);
  try {
    // Writes until all is written: a single write call may stop half way on a full disk, without an error.
    writeFileSync(file, data);
    await sync(file);
    if (fstatSync(file).size !== data.length)
      throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
  } finally {
    closeSync(file);
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- failures are rejections
async function renameNow(from: string, to: string): Promise<void> {
  renameSync(from, to);
}

async function moveWithPatience(from: string, to: string, move: Rename): Promise<void> {
  for (const pauseMs of PAUSES_MS) {
    try {
      await move(from, to);
      return;
    } catch (error) {
      if (!PASSING.has(systemCode(error))) throw error;
    }
    await setTimeout(pauseMs);
  }
  await move(from, to);
}
