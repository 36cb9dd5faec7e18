import { basename, dirname, join } from 'node:path';
import { systemCode } from './file-problem.js';
import { builtins } from '../lib/builtins.js';

const MARK = '.corrupt-';
/** Newest ones that are kept in a folder. */
const KEPT = 3;

/** Whether a file name is one that was put aside. */
function isQuarantined(name: string): boolean {
  return name.includes(MARK);
}

/**
 * Puts a file aside that cannot be read, and forgets all but the newest three of its folder. Where the name has
 * come to mean another file meanwhile, that one stays.
 *
 * @param inode - which file was found bad
 */
export async function quarantine(path: string, inode: bigint, now: number): Promise<void> {
  const aside = `${path}${MARK}${String(now)}`;
  try {
    await builtins.fsPromises.rename(path, aside);
    const { ino } = await builtins.fsPromises.stat(aside, { bigint: true });
    if (ino !== inode) {
      // A writer was faster: its file goes back, unless there is a newer one yet.
      await builtins.fsPromises.link(aside, path).catch(() => undefined);
      await builtins.fsPromises.unlink(aside);
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  await forgetOldest(dirname(path));
}

async function forgetOldest(directory: string): Promise<void> {
  const names = (await builtins.fsPromises.readdir(directory)).filter(isQuarantined);
  const byAge = names.sort((a, b) => timeOf(b) - timeOf(a));
  await Promise.all(
    byAge.slice(KEPT).map((name) => builtins.fsPromises.unlink(join(directory, name)).catch(() => undefined)),
  );
}

function timeOf(name: string): number {
  return Number(basename(name).split(MARK)[1] ?? 0);
}
