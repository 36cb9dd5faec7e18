import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Check } from '../check.ts';
import { readProjects, targetsOf, type Project } from '../workspace/read-projects.ts';
import { undocumented } from './undocumented.ts';

/** What other code may import says what it is, down to its members. */
export const docstringsCheck: Check = {
  name: 'docstrings',
  promise: 'every export and every member of it has a docstring',
  async run(root) {
    const entries = (await readProjects(root)).flatMap((project) => entriesOf(root, project));
    return undocumented(entries).map(({ file, line, name }) => ({
      where: `${relative(root, file).replaceAll('\\', '/')}:${line}`,
      what: `${name} has no docstring`,
    }));
  },
};

/** The sources of the entry points: those that are exported, under a condition of this repository. */
function entriesOf(root: string, { dir, manifest }: Project): readonly string[] {
  return Object.values(manifest.exports ?? {})
    .flatMap(targetsOf)
    .filter((target) => /(?<!\.d)\.ts$/.test(target))
    .map((target) => join(root, dir, target))
    .filter((file) => existsSync(file));
}
