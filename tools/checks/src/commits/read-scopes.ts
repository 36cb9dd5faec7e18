import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readProjects } from '../workspace/read-projects.ts';

/** The root of the repository, which is a project too. */
const ROOT = 'source';

/** What a commit may name: the projects, and folders of `apps` that have another build, such as Maven. */
export async function readScopes(root: string): Promise<ReadonlySet<string>> {
  const projects = (await readProjects(root)).map(({ shortName }) => shortName);
  return new Set([ROOT, ...projects, ...(await folderNames(join(root, 'apps')))]);
}

async function folderNames(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
