import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The `exports` of a package: a target, or targets by condition. */
export type ExportTarget = string | { readonly [condition: string]: ExportTarget };

/** The part of a package.json that the checks read. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, ExportTarget>>;
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, ExportTarget>> };
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** One folder of the workspace that has a package.json. */
export interface Project {
  /** From the root of the repository, such as `packages/core`. */
  readonly dir: string;
  /** The name without the scope: what a commit names. */
  readonly shortName: string;
  readonly manifest: Manifest;
  readonly published: boolean;
}

/** All projects of the workspace, ordered by folder. */
export async function readProjects(root: string): Promise<readonly Project[]> {
  const projects: Project[] = [];
  for await (const file of glob('{packages,apps,tools}/*/package.json', { cwd: root })) {
    const manifest = JSON.parse(await readFile(join(root, file), 'utf8')) as Manifest;
    projects.push({
      dir: dirname(file),
      shortName: manifest.name.replace(/^@[^/]+\//, ''),
      manifest,
      published: manifest.private !== true,
    });
  }
  return projects.sort((a, b) => (a.dir < b.dir ? -1 : 1));
}

/** The subpaths that other code may import, as names: `@aml-auth/core`, `@aml-auth/core/testing`. */
export function importableNames({ name, exports = {} }: Manifest): readonly string[] {
  return Object.keys(exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => name + subpath.slice(1));
}

/** The files that an `exports` entry leads to, by their conditions. */
export function targetsOf(target: ExportTarget): readonly string[] {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(targetsOf);
}
