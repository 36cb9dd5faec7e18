import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnfinished } from './atomic-write.js';

/** No write takes this long: its process has died. Milliseconds. */
const UNFINISHED_MS = 3_600_000;
/** No access token lives this long, by far. Milliseconds. */
const FORGOTTEN_MS = 30 * 86_400_000;

/** Removes what dead processes left in the folder, and files that nobody has written for 30 days. */
export async function sweep(directory: string, now: number): Promise<void> {
  const names = await readdir(directory);
  await Promise.all(
    names
      .map(async (name) => {
        const path = join(directory, name);
        const { mtimeMs } = await stat(path);
        const limitMs = isUnfinished(name) ? UNFINISHED_MS : FORGOTTEN_MS;
        if (now - mtimeMs > limitMs) await unlink(path);
      })
      .map((each) => each.catch(() => undefined)),
  );
}
