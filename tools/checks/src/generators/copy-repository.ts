import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';

/** What tools leave behind, and the history. What packages are built to is kept: the checks read it. */
const LEFT_OUT = new Set([
  '.git',
  '.nx',
  '.stryker-tmp',
  'coverage',
  'node_modules',
  'out-tsc',
  'reports',
  'target',
]);

/** A copy of the repository in a folder for temporary files. */
export interface RepositoryCopy {
  /** An absolute path. */
  readonly root: string;
  readonly remove: () => Promise<void>;
}

/** Copies the repository as it stands, without what it depends on. */
export async function copyRepository(root: string): Promise<RepositoryCopy> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'aml-auth-generators-')));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    await cp(root, folder, {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => !LEFT_OUT.has(basename(path)) && relative(root, path) !== 'dist',
    });
    return { root: folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
