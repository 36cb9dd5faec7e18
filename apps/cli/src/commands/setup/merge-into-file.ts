import { constants } from 'node:fs';
import { copyFile, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import type { CliContext } from '../../context.js';
import { makeFolder } from '../../files/make-folder.js';
import { writeOwnText } from '../../files/write-own-text.js';
import { confirm, type ConfirmFlag } from '../../settings/confirm.js';

/** A file as it should be. */
export interface Merged {
  readonly text: string;
  /** What would be lost: an entry by its name, or all of the file. Undefined where nothing is. */
  readonly replaces?: { readonly entry: string } | 'all' | undefined;
}

/** Decides what is to stand in a file, from what stands there; undefined where there is no file. */
export type Merge = (before: string | undefined) => Merged | Promise<Merged>;

/** All of a file, for what cannot be merged. */
export function whole(text: string): Merge {
  return (before) => ({ text, replaces: before === undefined ? undefined : 'all' });
}

/** Backups that are kept beside a file before somebody has to tidy up. */
const MAX_BACKUPS = 100;

/**
 * Merges into a file of another program. What was there before is kept beside it as `.bak`, and only with a yes is
 * something replaced. A symbolic link stays one: the file that it leads to is written, in one step, with the
 * permissions that it had; a new one is for this user alone.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where it cannot be read or written, or nobody can be asked;
 *   `AML_CANCELLED` for a no; what `merge` throws
 */
export async function mergeIntoFile(
  context: CliContext,
  flags: ConfirmFlag,
  name: string,
  merge: Merge,
): Promise<void> {
  const { say } = context.messages;
  const tell = (text: string): void => context.process.stderr.write(`${text}\n`);
  const named = resolve(context.cwd, name);
  const path = await realpath(named).catch(() => named);
  const before = await readIfThere(path);
  const { text, replaces } = await merge(before);
  if (text === before) {
    tell(say.unchanged(path));
    return;
  }
  if (replaces !== undefined) {
    const question = replaces === 'all' ? say.askOverwrite(path) : say.askReplace(replaces.entry, path);
    await confirm(context, flags, question);
  }
  const mode = before === undefined ? undefined : (await stat(path)).mode & 0o777;
  if (before !== undefined) tell(say.backedUp(await backUp(path)));
  await makeFolder(dirname(path)).catch((error: unknown) => {
    throw failed(dirname(path), 'made', error);
  });
  await writeOwnText(path, text, mode);
  tell(say.written(path));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw failed(path, 'read', error);
  }
}

/** Copies the file beside itself, and never over an older copy. */
async function backUp(path: string, number = 0): Promise<string> {
  const copy = number === 0 ? `${path}.bak` : `${path}.bak.${number}`;
  try {
    await copyFile(path, copy, constants.COPYFILE_EXCL);
    return copy;
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (isTaken && number < MAX_BACKUPS) return backUp(path, number + 1);
    throw failed(copy, 'made', error);
  }
}

function failed(path: string, what: string, cause: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${path} cannot be ${what} (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}). Nothing was changed.`,
    remedy: 'Check its permissions, or name another file with --file.',
    cause,
  });
}
