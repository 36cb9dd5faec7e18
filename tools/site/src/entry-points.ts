import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What a user can import. */
export interface EntryPoint {
  /** As it is imported: `@aml-auth/core/testing`. */
  readonly name: string;
  readonly packageName: string;
  /** Its source, as an absolute path. */
  readonly file: string;
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string | { readonly '@aml-auth/source'?: string }>>;
}

/** The entry points of all published packages, by name. */
export async function entryPoints(root: string): Promise<readonly EntryPoint[]> {
  const found: EntryPoint[] = [];
  for await (const path of glob('packages/*/package.json', { cwd: root })) {
    const manifest = JSON.parse(await readFile(join(root, path), 'utf8')) as Manifest;
    if (manifest.private === true) continue;
    for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
      const source = typeof target === 'string' ? undefined : target['@aml-auth/source'];
      if (source === undefined) continue;
      const name = manifest.name + subpath.slice(1);
      found.push({ name, packageName: manifest.name, file: join(root, dirname(path), source) });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
