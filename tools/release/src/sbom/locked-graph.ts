import { posix } from 'node:path';

/** The part of pnpm-lock.yaml that says who needs whom. */
export interface Lockfile {
  readonly importers: Readonly<Record<string, LockedImporter>>;
  readonly snapshots: Readonly<Record<string, LockedSnapshot | null>>;
}
interface LockedImporter {
  readonly dependencies?: Readonly<Record<string, { readonly version: string }>>;
  readonly optionalDependencies?: Readonly<Record<string, { readonly version: string }>>;
}
interface LockedSnapshot {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Package URLs (purl), each with those of what it needs in production. */
export type DependencyGraph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What the package of a folder needs in production, directly or through others, and itself.
 *
 * @param ours - `name@version` of the projects of this workspace, by folder
 * @throws {Error} where the lockfile lacks a package
 */
export function lockedGraph(lock: Lockfile, dir: string, ours: ReadonlyMap<string, string>): DependencyGraph {
  const graph = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const visit = (place: string): string => {
    const inside = lock.importers[place];
    const id = inside === undefined ? place.replace(/\(.*$/, '') : ours.get(place);
    if (id === undefined) throw new Error(`${place} is a project that nobody knows`);
    const url = packageUrl(id);
    if (seen.has(place)) return url;
    seen.add(place);
    // Versions of one package that differ in their peers alone are one package.
    const needs = graph.get(url) ?? new Set();
    graph.set(url, needs);
    for (const next of inside === undefined ? placesOf(lock, place) : linkedPlaces(inside, place)) {
      needs.add(visit(next));
    }
    return url;
  };
  visit(dir);
  return graph;
}

/** The package URL of `name@version`, as the specification of purl writes the names of npm. */
export function packageUrl(id: string): string {
  return `pkg:npm/${id.replace(/^@/, '%40')}`;
}

function linkedPlaces(
  { dependencies, optionalDependencies }: LockedImporter,
  dir: string,
): readonly string[] {
  return Object.entries({ ...dependencies, ...optionalDependencies }).map(([name, { version }]) =>
    version.startsWith('link:') ? posix.join(dir, version.slice('link:'.length)) : placeOf(name, version),
  );
}

function placesOf({ snapshots }: Lockfile, place: string): readonly string[] {
  const snapshot = snapshots[place];
  if (snapshot === undefined) throw new Error(`the lockfile has no ${place}`);
  const needs = { ...snapshot?.dependencies, ...snapshot?.optionalDependencies };
  return Object.entries(needs).map(([name, version]) => placeOf(name, version));
}

/** The key of a snapshot. The version of an alias holds the name of the package that it stands for. */
function placeOf(name: string, version: string): string {
  return /^@?[a-z][^(]*@/i.test(version) ? version : `${name}@${version}`;
}
