import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One package as it is installed. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Bytes of its files, without those of its dependencies. */
  readonly bytes: number;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly nx?: unknown;
}

/**
 * A package and everything that is installed with it, each once: what `npm install` of it alone brings.
 * Optional peers do not count; of a package of this repository only the files count that are published.
 *
 * @param folder - of the package, with `node_modules` that resolve its dependencies
 */
export function installedPackages(folder: string): InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const visit = (path: string): void => {
    const real = realpathSync(path);
    if (found.has(real)) return;
    const manifest = JSON.parse(readFileSync(join(real, 'package.json'), 'utf8')) as Manifest;
    const { name, version, dependencies = {}, optionalDependencies = {} } = manifest;
    found.set(real, { name, version, bytes: ownBytes(real, manifest) });
    for (const dependency of Object.keys(dependencies)) visit(resolveFrom(real, dependency));
    for (const dependency of Object.keys(optionalDependencies)) {
      const there = tryResolve(real, dependency);
      if (there !== undefined) visit(there);
    }
  };
  visit(folder);
  return [...found.values()];
}

/** As Node.js looks for packages: upwards through folders named `node_modules`. */
function tryResolve(from: string, name: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const candidate = join(at, 'node_modules', name);
    if (lstatSync(join(candidate, 'package.json'), { throwIfNoEntry: false }) !== undefined) return candidate;
    if (dirname(at) === at) return undefined;
  }
}

function resolveFrom(from: string, name: string): string {
  const path = tryResolve(from, name);
  if (path === undefined) throw new Error(`${name} is not installed for ${from}`);
  return path;
}

function ownBytes(folder: string, { files, nx }: Manifest): number {
  const published =
    nx === undefined || files === undefined ? undefined : ['package.json', 'README.md', 'LICENSE', 'dist'];
  return published === undefined
    ? bytesIn(folder)
    : published.reduce((sum, name) => sum + bytesIn(join(folder, name)), 0);
}

function bytesIn(path: string): number {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isSymbolicLink() || path.endsWith('.tsbuildinfo')) return 0;
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}
