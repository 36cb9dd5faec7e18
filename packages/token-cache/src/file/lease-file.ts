import type { FileHandle } from 'node:fs/promises';
import { unfinishedName } from './atomic-write.js';
import { systemCode } from './file-problem.js';
import { readFlags } from './read-private-file.js';
import { decodeNote, encodeNote, type LeaseNote, type LeaseSight } from './lease-note.js';
import { builtins } from '../lib/builtins.js';

/** File systems without hard links, such as FAT. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Creates the lease, whole from its first moment where the file system can. False where there is one already. */
export async function createLease(path: string, note: LeaseNote, now: number): Promise<boolean> {
  const unfinished = unfinishedName(path);
  try {
    await writeNote(unfinished, note, now);
    await builtins.fsPromises.link(unfinished, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (NO_LINKS.has(systemCode(error))) return await createByName(path, note, now);
    throw error;
  } finally {
    await builtins.fsPromises.unlink(unfinished).catch(() => undefined);
  }
}

async function createByName(path: string, note: LeaseNote, now: number): Promise<boolean> {
  try {
    await writeNote(path, note, now);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function writeNote(path: string, note: LeaseNote, now: number): Promise<void> {
  const file = await builtins.fsPromises.open(path, 'wx', 0o600);
  try {
    await file.writeFile(encodeNote(note));
    await file.utimes(now / 1000, now / 1000);
  } finally {
    await file.close();
  }
}

/** What there is to see of a lease; undefined where nobody holds one. Follows no link. */
export async function lookAtLease(path: string): Promise<LeaseSight | undefined> {
  return withFile(path, async (file) => {
    const { mtimeMs } = await file.stat();
    return { note: decodeNote(await file.readFile('utf8')), beatAt: mtimeMs };
  });
}

/** Gives a sign of life, in the file's time of change, where the lease is still this owner's. */
export async function beat(path: string, owner: string, now: number): Promise<void> {
  await withFile(path, async (file) => {
    if (decodeNote(await file.readFile('utf8'))?.owner === owner) await file.utimes(now / 1000, now / 1000);
    return undefined;
  });
}

async function withFile(
  path: string,
  use: (file: FileHandle) => Promise<LeaseSight | undefined>,
): Promise<LeaseSight | undefined> {
  try {
    const file = await builtins.fsPromises.open(path, readFlags());
    return await use(file).finally(() => file.close());
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
export async function removeLease(path: string, owner: string | undefined): Promise<void> {
  const sight = await lookAtLease(path);
  if (sight === undefined || sight.note?.owner !== owner) return;
  const aside = unfinishedName(path);
  try {
    await builtins.fsPromises.rename(path, aside);
    const moved = await lookAtLease(aside);
    // Where a third one was faster than this line, there are two holders: one request too many, no more.
    if (moved !== undefined && moved.note?.owner !== owner)
      await builtins.fsPromises.link(aside, path).catch(() => undefined);
    await builtins.fsPromises.unlink(aside);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
