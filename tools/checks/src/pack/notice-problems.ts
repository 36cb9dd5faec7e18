import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a build writes the licences of what it has bundled, from the folder of the package. */
export const NOTICES = 'dist/THIRD-PARTY-NOTICES.txt';

/** No licence is shorter, in characters. */
const SHORTEST_LICENCE = 400;

/**
 * Packages of others that the scripts of an unpacked package hold code of, as `name@version`, by what their source
 * maps say: the bundler's own account is what wrote the notices.
 */
export async function bundledThirdParties(packed: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const file of glob('dist/**/*.js.map', { cwd: packed })) {
    const map = JSON.parse(await readFile(join(packed, file), 'utf8')) as { sources?: readonly string[] };
    for (const source of map.sources ?? []) {
      const name = thirdParty(source);
      if (name !== undefined) found.add(name);
    }
  }
  return [...found].sort();
}

/** Licences of bundled code that do not ship with it, and notices of what is not bundled. */
export async function noticeProblems(packed: string): Promise<readonly string[]> {
  const bundled = await bundledThirdParties(packed);
  const notices = await readNotices(packed);
  return [
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
