import { basename } from 'node:path';
import type { Clock } from '@aml-auth/core';
import { builtins } from '../lib/builtins.js';
import { isUnfinished } from './atomic-write.js';
import { otherFiles, removeFile } from './entry-files.js';
import { lookAtLease, removeLease } from './lease-file.js';
import { isOver } from './lease-note.js';
import { isAlive, machineName } from './machine.js';
import { UNFINISHED_MS } from './sweep.js';

/** A file that a process left behind: a lease that nobody holds, or a write that never ended. */
export interface AbandonedFile {
  /** Absolute path of the file. */
  readonly file: string;
  /** `lease`: the note of a lease; `unfinished`: a token or key that was being written. */
  readonly kind: 'lease' | 'unfinished';
}

/** What dead processes left in the folder. They hold nobody up: who needs a lease takes it over. */
export async function abandonedFiles(directory: string, clock: Clock): Promise<readonly AbandonedFile[]> {
  const now = clock.now();
  const machine = machineName();
  const found: AbandonedFile[] = [];
  for (const file of directory === '' ? [] : await otherFiles(directory)) {
    if (isUnfinished(basename(file))) {
      const stats = builtins.fs.lstatSync(file, { throwIfNoEntry: false });
      if (stats !== undefined && stats.mtimeMs < now - UNFINISHED_MS)
        found.push({ file, kind: 'unfinished' });
    } else if (file.endsWith('.lease')) {
      const sight = await lookAtLease(file);
      if (sight !== undefined && isOver(sight, { now, machine, pid: process.pid, isAlive, unchangedMs: 0 }))
        found.push({ file, kind: 'lease' });
    }
  }
  return found;
}

/** Removes one of them; a lease that somebody took over meanwhile stays. */
export async function removeAbandoned({ file, kind }: AbandonedFile): Promise<void> {
  if (kind === 'unfinished') await removeFile(file);
  else await removeLease(file, (await lookAtLease(file))?.note?.owner);
}
