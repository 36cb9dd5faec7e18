import { systemCode } from './file-problem.js';
import { builtins } from '../lib/builtins.js';

/** Puts a file in the place of another one in one step. `rename` of the system, or one with faults. */
export type Rename = (from: string, to: string) => Promise<void>;

/** Virus scanners, network file systems and open readers on Windows refuse for a moment. */
const PASSING = new Set(['EPERM', 'EBUSY', 'EACCES', 'ESTALE']);
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
  return `${path}.${builtins.crypto.randomBytes(8).toString('hex')}${SUFFIX}`;
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
    await builtins.fsPromises.unlink(unfinished).catch(() => undefined);
    throw error;
  }
}

/** Waits for the disk, which may take long: the one step that is given to the thread pool. */
function synced(file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // Of the file itself only content and size: when it was changed need not outlive a loss of power.
    builtins.fs.fdatasync(file, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

/**
 * All but the sync takes microseconds, in which the thread pool would only be in the way: with many processes on few
 * cores, its turns cost several times what they do.
 */
async function writeNew(path: string, data: Uint8Array): Promise<void> {
  const file = builtins.fs.openSync(path, 'wx', 0o600);
  try {
    // Writes until all is written: a single write call may stop half way on a full disk, without an error.
    builtins.fs.writeFileSync(file, data);
    await synced(file);
    if (builtins.fs.fstatSync(file).size !== data.length)
      throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
  } finally {
    builtins.fs.closeSync(file);
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- failures are rejections
async function renameNow(from: string, to: string): Promise<void> {
  builtins.fs.renameSync(from, to);
}

async function moveWithPatience(from: string, to: string, move: Rename): Promise<void> {
  for (const pauseMs of PAUSES_MS) {
    try {
      await move(from, to);
      return;
    } catch (error) {
      if (!PASSING.has(systemCode(error))) throw error;
    }
    await builtins.timersPromises.setTimeout(pauseMs);
  }
  await move(from, to);
}
