import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { loadedFilesByImport, loadedFilesByProgram } from '../bleed/loaded-packages.ts';
import type { Manifest } from '../workspace/read-projects.ts';
import type { Budget } from './budgets.ts';

/** What a package takes: see {@link Budget}. */
export async function measure(
  manifest: Manifest,
  tarball: string,
  folder: string,
  files: readonly string[],
): Promise<Budget> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  const [program] = Object.values(manifest.bin ?? {});
  const entry = join(folder, program ?? 'dist/index.js');
  const loaded = program === undefined ? await loadedFilesByImport(entry) : await loadedFilesByProgram(entry);
  return {
    packed: kilo((await stat(tarball)).size),
    unpacked: kilo(sizes.reduce((sum, size) => sum + size, 0)),
    bundled: program === undefined ? kilo(await bundledSize(entry)) : 0,
    modules: loaded.length,
  };
}

/** Where a package is larger than it may be. */
export function budgetProblems(taken: Budget, budget: Budget | undefined): readonly string[] {
  if (budget === undefined) return [`it has no budget; it takes ${JSON.stringify(taken)}`];
  return (Object.keys(taken) as readonly (keyof Budget)[])
    .filter((key) => taken[key] > budget[key])
    .map((key) => `${key} is ${taken[key]}, and its budget ${budget[key]}`);
}

async function bundledSize(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    // Loaded on first use, where its user has installed it.
    external: ['@napi-rs/keyring', 'redis'],
    outdir: 'unused',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
}

function kilo(bytes: number): number {
  return Math.ceil(bytes / 1000);
}
