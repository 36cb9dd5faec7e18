import { dirname } from 'node:path';
import { systemCode, unsafePath } from './file-problem.js';
import { builtins } from '../lib/builtins.js';

const OTHERS = 0o077;

/** Makes the folder where it is missing, for this user only. Folders on the way are made likewise. */
export function makePrivateDirectory(path: string): void {
  if (requirePrivateDirectory(path)) return;
  makeDirectory(path);
  requirePrivateDirectory(path);
}

/**
 * Level by level: where a file system such as `/proc` answers `ENOENT` although the parent is there, the recursive way of
 * Node.js tries without end.
 */
function makeDirectory(path: string): void {
  try {
    makeOne(path);
  } catch (error) {
    const parent = dirname(path);
    if (systemCode(error) !== 'ENOENT' || parent === path) throw error;
    // Where it is there now, another process may have made it in between.
    if (!isThere(parent)) makeDirectory(parent);
    makeOne(path);
  }
}

function makeOne(path: string): void {
  try {
    builtins.fs.mkdirSync(path, 0o700);
  } catch (error) {
    // Another process was faster; what it is, is looked at afterwards.
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

function isThere(path: string): boolean {
  return builtins.fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * Checks that the folder is one, is no link, and is of and for this user only. Windows has no such modes: there
 * the folder inherits the access list of the user's profile.
 *
 * @returns false where there is none
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where it is not private
 */
export function requirePrivateDirectory(path: string): boolean {
  // Takes microseconds; a turn through the thread pool, some of which every call needs, takes far longer.
  const found = builtins.fs.lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (!found.isDirectory()) {
    throw unsafePath(path, 'is a link or a file where a folder should be', `Remove ${path}.`);
  }
  if (process.getuid === undefined) return true;
  if (found.uid !== process.geteuid?.()) {
    throw unsafePath(path, 'belongs to another user', 'Set AML_AUTH_CACHE_DIR to a folder of your own.');
  }
  if ((found.mode & OTHERS) !== 0) {
    throw unsafePath(path, 'is open to other users', `Run: chmod 700 ${path}`);
  }
  return true;
}
