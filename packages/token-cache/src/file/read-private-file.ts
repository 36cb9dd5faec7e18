import type * as Fs from 'node:fs';
import { systemCode, unsafePath } from './file-problem.js';
import { builtins } from '../lib/builtins.js';

/** What was read, and which file it was. */
export interface PrivateFile {
  readonly data: Buffer;
  /** Number of the file in its file system: tells whether a name still means the same file. */
  readonly inode: bigint;
}

/** Larger than any token with all its claims. Bytes. */
const MAX_BYTES = 1_048_576;
const OTHERS = 0o077;
/**
 * Opens for reading without following a link. Windows has neither flag; a pipe would hold the reader until somebody
 * writes.
 */
export function readFlags(): number {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = builtins.fs.constants as Partial<typeof Fs.constants>;
  return (O_RDONLY ?? 0) | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);
}

/**
 * Reads a small file of and for this user only, following no link. Blocks for some microseconds, far less than the four
 * turns through the thread pool would take.
 *
 * @returns undefined where there is none
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where it is a link, no regular file, of another user, open to others
 *   or larger than 1 MiB
 */
export function readPrivateFile(path: string): PrivateFile | undefined {
  const file = openFile(path);
  if (file === undefined) return undefined;
  try {
    const stats = builtins.fs.fstatSync(file, { bigint: true });
    requirePrivate(path, stats);
    return { data: builtins.fs.readFileSync(file), inode: stats.ino };
  } finally {
    builtins.fs.closeSync(file);
  }
}

function openFile(path: string): number | undefined {
  try {
    return builtins.fs.openSync(path, readFlags());
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    // FreeBSD says EMLINK.
    if (code === 'ELOOP' || code === 'EMLINK') throw unsafePath(path, 'is a link', `Remove ${path}.`);
    throw error;
  }
}

function requirePrivate(path: string, stats: Fs.BigIntStats): void {
  if (!stats.isFile()) throw unsafePath(path, 'is not a regular file', `Remove ${path}.`);
  if (stats.size > MAX_BYTES) throw unsafePath(path, 'is larger than 1 MiB', `Remove ${path}.`);
  if (process.getuid === undefined) return;
  if (Number(stats.uid) !== process.geteuid?.())
    throw unsafePath(path, 'belongs to another user', `Remove ${path}.`);
  if ((Number(stats.mode) & OTHERS) !== 0)
    throw unsafePath(path, 'is open to other users', `Run: chmod 600 ${path}`);
}
