import { join } from 'node:path';
import { builtins } from '../lib/builtins.js';
import { isUnfinished } from './atomic-write.js';

/** No write takes this long: its process has died. Milliseconds. */
export const UNFINISHED_MS = 3_600_000;
/** No access token lives this long, by far. Milliseconds. */
const FORGOTTEN_MS = 30 * 86_400_000;
/** Unfinished files that one sweep looks at: when many processes start, each sweeps. */
const MOST_UNFINISHED = 100;
/** Other files that one sweep looks at. They can wait, and there may be thousands of them. */
const MOST_WHOLE = 10;

/**
 * Removes what dead processes left in the folder, and files that nobody has written for 30 days. In a large folder it
 * looks at some of the files, others each time. A sweep that fails is no failure of the write that it follows.
 *
 * @param random - from 0 to below 1: where it begins
 */
export function sweep(directory: string, now: number, random: number): void {
  const names = namesFrom(directory, random);
  removeOlder(directory, names.filter(isUnfinished).slice(0, MOST_UNFINISHED), now - UNFINISHED_MS);
  const whole = names.filter((name) => !isUnfinished(name));
  removeOlder(directory, whole.slice(0, MOST_WHOLE), now - FORGOTTEN_MS);
}

/** The names in the folder, from another one on each time. */
function namesFrom(directory: string, random: number): readonly string[] {
  try {
    const names = builtins.fs.readdirSync(directory);
    const first = Math.floor(random * names.length);
    return [...names.slice(first), ...names.slice(0, first)];
  } catch {
    return [];
  }
}

function removeOlder(directory: string, names: readonly string[], time: number): void {
  for (const name of names) {
    const path = join(directory, name);
    try {
      const found = builtins.fs.statSync(path, { throwIfNoEntry: false });
      if (found !== undefined && found.mtimeMs < time) builtins.fs.unlinkSync(path);
    } catch {
      // Gone already, or not ours to remove: the next one may.
    }
  }
}
