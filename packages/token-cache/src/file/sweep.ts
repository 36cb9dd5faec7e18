import { statSync, unlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnfinished } from './atomic-write.js';

/** No write takes this long: its process has died. Milliseconds. */
const UNFINISHED_MS = 3_600_000;
/** No access token lives this long, by far. Milliseconds. */
const FORGOTTEN_MS = 30 * 86_400_000;
/** Files that one sweep looks at: when many processes start, each sweeps. */
const MOST = 100;

/**
 * Removes what dead processes left in the folder, and files that nobody has written for 30 days. In a large folder it
 * looks at some of the files, others each time.
 *
 * @param random - from 0 to below 1: where it begins
 */
export async function sweep(directory: string, now: number, random: number): Promise<void> {
  const names = await readdir(directory);
  const first = Math.floor(random * names.length);
  for (const name of [...names.slice(first), ...names.slice(0, first)].slice(0, MOST)) {
    const limitMs = isUnfinished(name) ? UNFINISHED_MS : FORGOTTEN_MS;
    removeIfOlder(join(directory, name), now - limitMs);
  }
}

function removeIfOlder(path: string, time: number): void {
  try {
    if (statSync(path).mtimeMs < time) unlinkSync(path);
  } catch {
    // Gone already, or not ours to remove: the next one may.
  }
}
