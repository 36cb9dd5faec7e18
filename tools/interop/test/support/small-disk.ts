import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system of its own in memory. */
export interface SmallDisk {
  readonly path: string;
  makeReadOnly(): Promise<void>;
  close(): Promise<void>;
}

/** Mounts one; undefined where this user may not. */
export async function smallDisk(size: string): Promise<SmallDisk | undefined> {
  const path = await mkdtemp(join(tmpdir(), 'aml-auth-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', path]);
  } catch {
    await rm(path, { recursive: true });
    return undefined;
  }
  return {
    path,
    async makeReadOnly() {
      await run('mount', ['-o', 'remount,ro', path]);
    },
    async close() {
      await run('umount', [path]);
      await rm(path, { recursive: true });
    },
  };
}
