import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { targetsOf, type Manifest, type Project } from '../workspace/read-projects.ts';
import { bundledThirdParties, NOTICES } from './notice-problems.ts';

const ALWAYS = ['LICENSE', 'README.md', 'package.json'];
const WHERE_PRESENT = ['CHANGELOG.md'];
const TEMPLATES = 'dist/templates/';

/**
 * The exact files of a package as it ships, derived and not written down: what its entry points reach, with source
 * maps; a declaration for each source file where it exports types; and what lies beside the sources to be served.
 * A file of an older build is in none of these.
 *
 * @param packed - the unpacked package
 */
export async function expectedFiles(
  root: string,
  { dir, manifest }: Project,
  packed: string,
): Promise<ReadonlySet<string>> {
  const scripts = await reachedScripts(packed, entryScripts(manifest));
  return new Set([
    ...ALWAYS,
    ...WHERE_PRESENT.filter((name) => existsSync(join(root, dir, name))),
    ...((await bundledThirdParties(packed)).length > 0 ? [NOTICES] : []),
    ...scripts.flatMap((file) => [file, `${file}.map`]),
    ...(await besideScripts(join(root, dir, 'src'), exportsTypes(manifest))),
  ]);
}

/** The files of an unpacked package, from its folder, without those of packages installed in it. */
export async function packedFiles(packed: string): Promise<readonly string[]> {
  const files: string[] = [];
  const exclude = (entry: { readonly name: string }): boolean => entry.name === 'node_modules';
  for await (const entry of glob('**/*', { cwd: packed, withFileTypes: true, exclude })) {
    if (entry.isFile()) files.push(slashes(join(entry.parentPath, entry.name).slice(packed.length + 1)));
  }
  return files.sort();
}

/** What ships beyond the expected files, and what of them is missing. Copies of samples have a check of their own. */
export function fileProblems(expected: ReadonlySet<string>, files: readonly string[]): readonly string[] {
  const extra = files.filter((file) => !expected.has(file) && !file.startsWith(TEMPLATES));
  return [
    ...[...expected].filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...extra.map((file) => `${file} belongs to no source file or entry point: build from an empty dist`),
  ];
}

function entryScripts({ exports = {}, bin = {} }: Manifest): readonly string[] {
  return [...Object.values(exports).flatMap(targetsOf), ...Object.values(bin)].filter((file) =>
    /^\.\/dist\/.*\.js$/.test(file),
  );
}

function exportsTypes({ exports = {} }: Manifest): boolean {
  return Object.values(exports)
    .flatMap(targetsOf)
    .some((file) => file.endsWith('.d.ts'));
}

/** The scripts of the package that its entries load, now or on first use. */
async function reachedScripts(packed: string, entries: readonly string[]): Promise<readonly string[]> {
  if (entries.length === 0) return [];
  const { metafile } = await build({
    entryPoints: entries.map((entry) => join(packed, entry)),
    absWorkingDir: packed,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'unused',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs);
}

async function besideScripts(sources: string, withTypes: boolean): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const entry of glob('**/*', { cwd: sources, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = `dist/${slashes(relative(sources, join(entry.parentPath, entry.name)))}`;
    if (!file.endsWith('.ts')) files.push(file);
    else if (withTypes && !/\.(?:test|d)\.ts$/.test(file)) files.push(file.replace(/\.ts$/, '.d.ts'));
  }
  return files;
}

function slashes(path: string): string {
  return path.replaceAll(sep, '/');
}

/** The manifest of an unpacked package. */
export async function packedManifest(packed: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(packed, 'package.json'), 'utf8')) as Manifest;
}
