import { unfinishedName } from './atomic-write.js';
import { systemCode } from './file-problem.js';
import { readFlags } from './read-private-file.js';
import { decodeNote, encodeNote, type LeaseNote, type LeaseSight } from './lease-note.js';
import { builtins } from '../lib/builtins.js';

/** File systems without hard links, such as FAT. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Creates the lease, whole from its first moment where the file system can. False where there is one already.
 *
 * It blocks, as all here does, for some microseconds: a program that is told to end ends between two steps of the thread pool,
 * and would leave an unfinished file behind.
 */
// eslint-disable-next-line @typescript-eslint/require-await -- failures are rejections
export async function createLease(path: string, note: LeaseNote, now: number): Promise<boolean> {
  const unfinished = unfinishedName(path);
  try {
    writeNote(unfinished, note, now);
    builtins.fs.linkSync(unfinished, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (NO_LINKS.has(systemCode(error))) return createByName(path, note, now);
    throw error;
  } finally {
    attempt(() => {
      builtins.fs.unlinkSync(unfinished);
    });
  }
}

function createByName(path: string, note: LeaseNote, now: number): boolean {
  try {
    writeNote(path, note, now);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function writeNote(path: string, note: LeaseNote, now: number): void {
  const file = builtins.fs.openSync(path, 'wx', 0o600);
  try {
    builtins.fs.writeFileSync(file, encodeNote(note));
    builtins.fs.futimesSync(file, now / 1000, now / 1000);
  } finally {
    builtins.fs.closeSync(file);
  }
}

/** What there is to see of a lease; undefined where nobody holds one. Follows no link. */
// eslint-disable-next-line @typescript-eslint/require-await -- failures are rejections
export async function lookAtLease(path: string): Promise<LeaseSight | undefined> {
  return sightOf(path);
}

function sightOf(path: string): LeaseSight | undefined {
  return withFile(path, (file) => {
    const { mtimeMs } = builtins.fs.fstatSync(file);
    return { note: decodeNote(builtins.fs.readFileSync(file, 'utf8')), beatAt: mtimeMs };
  });
}

/** Gives a sign of life, in the file's time of change, where the lease is still this owner's. */
// eslint-disable-next-line @typescript-eslint/require-await -- failures are rejections
export async function beat(path: string, owner: string, now: number): Promise<void> {
  withFile(path, (file) => {
    const isOwn = decodeNote(builtins.fs.readFileSync(file, 'utf8'))?.owner === owner;
    if (isOwn) builtins.fs.futimesSync(file, now / 1000, now / 1000);
    return undefined;
  });
}

function withFile(path: string, use: (file: number) => LeaseSight | undefined): LeaseSight | undefined {
  try {
    const file = builtins.fs.openSync(path, readFlags());
    try {
      return use(file);
    } finally {
      builtins.fs.closeSync(file);
    }
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return undefined;
    // A link, or a folder: nobody's lease, and old enough to go.
    if (code === 'ELOOP' || code === 'EMLINK' || code === 'EISDIR') return { note: undefined, beatAt: 0 };
    throw error;
  }
}

/**
 * Removes the lease of this owner. Removing by name alone could hit the lease of somebody who took it over
 * meanwhile: so it is moved aside, looked at, and put back where it is another one's.
 *
 * @param owner - whose lease it must be; undefined for one that cannot be read
 */
// eslint-disable-next-line @typescript-eslint/require-await -- failures are rejections
export async function removeLease(path: string, owner: string | undefined): Promise<void> {
  const sight = sightOf(path);
  if (sight === undefined || sight.note?.owner !== owner) return;
  const aside = unfinishedName(path);
  try {
    builtins.fs.renameSync(path, aside);
    const moved = sightOf(aside);
    // Where a third one was faster than this line, there are two holders: one request too many, no more.
    if (moved !== undefined && moved.note?.owner !== owner) {
      attempt(() => {
        builtins.fs.linkSync(aside, path);
      });
    }
    builtins.fs.unlinkSync(aside);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** What fails here leaves a file for the next sweep, or a newer lease where it is. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // See above.
  }
}
