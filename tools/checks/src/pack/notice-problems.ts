import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a build writes the licences of what it has bundled, from the folder of the package. */
export const NOTICES = 'dist/THIRD-PARTY-NOTICES.txt';

/** No licence is shorter, in characters. */
const SHORTEST_LICENCE = 400;

/** Packages of others that builds take into our scripts, by package: all of them, and nothing else. */
export const bundling: Readonly<Record<string, readonly string[]>> = { '@aml-auth/cli': ['@stricli/core'] };

/**
 * Packages of others that the scripts of an unpacked package hold code of, as `name@version`, by what their source
 * maps say: the bundler's own account is what wrote the notices.
 */
export async function bundledThirdParties(packed: string): Promise<readonly string[]> {
  return [...new Set((await mappedSources(packed)).flatMap((source) => thirdParty(source) ?? []))].sort();
}

/** The files that the scripts are made of, by their source maps. */
async function mappedSources(packed: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const file of glob('dist/**/*.js.map', { cwd: packed })) {
    const map = JSON.parse(await readFile(join(packed, file), 'utf8')) as { sources?: readonly string[] };
    for (const source of map.sources ?? []) found.add(source);
  }
  return [...found];
}

/**
 * Code of others that was not expected or is not found, so that a search that sees nothing is noticed; licences of it that
 * do not ship with it, and notices of what is not bundled.
 *
 * @param expected - names of packages whose code must be there
 */
export async function noticeProblems(
  packed: string,
  expected: readonly string[],
): Promise<readonly string[]> {
  if ((await mappedSources(packed)).length === 0) return ['no source map says what its scripts are made of'];
  const bundled = await bundledThirdParties(packed);
  const notices = await readNotices(packed);
  const names = bundled.map((name) => name.replace(/(?<=.)@.*$/, ''));
  return [
    ...expected.filter((name) => !names.includes(name)).map((name) => `no code of ${name} was found in it`),
    ...names
      .filter((name) => !expected.includes(name))
      .map((name) => `code of ${name} is in it, unexpectedly`),
    ...bundled
      .filter((name) => (notices.get(name)?.length ?? 0) < SHORTEST_LICENCE)
      .map((name) => `${name} is bundled, and ${NOTICES} does not hold its licence`),
    ...[...notices.keys()]
      .filter((name) => !bundled.includes(name))
      .map((name) => `${NOTICES} names ${name}, which is not bundled`),
  ];
}

/** The package that a source is of, by its place in the store of pnpm; undefined for our own. */
function thirdParty(source: string): string | undefined {
  const pattern = /^.*node_modules\/\.pnpm\/[^/]*?@(\d[^/_(]*)[^/]*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;
  const [, version, name] = pattern.exec(source) ?? [];
  if (name !== undefined && version !== undefined) return `${name}@${version}`;
  // Installed in another way: its version is not in the path, and no notice can match it.
  return /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1];
}

/** The text of each notice by `name@version`. */
async function readNotices(packed: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(packed, NOTICES), 'utf8').catch(() => '');
  const [, ...sections] = text.split(/^={80}$/m);
  return new Map(sections.map((section) => [section.trim().split('\n', 1)[0] ?? '', section.trim()]));
}
