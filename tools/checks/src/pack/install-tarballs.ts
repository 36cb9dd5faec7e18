import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pnpm } from '../workspace/pnpm.ts';
import type { Project } from '../workspace/read-projects.ts';
import { lastWords } from '../workspace/run-program.ts';

/** Packages by name, each with the path of its tarball. */
export type Tarballs = ReadonlyMap<string, string>;

/** Packs the projects into the folder, as they would be published. */
export async function packAll(
  root: string,
  projects: readonly Project[],
  into: string,
): Promise<ReadonlyMap<string, string>> {
  const tarballs = new Map<string, string>();
  for (const { dir, manifest } of projects) {
    const result = await pnpm(root, ['pack', '--json', '--pack-destination', into], join(root, dir));
    if (result.code !== 0) throw new Error(`${manifest.name} cannot be packed: ${lastWords(result)}`);
    tarballs.set(manifest.name, (JSON.parse(result.stdout) as { filename: string }).filename);
  }
  return tarballs;
}

/**
 * Installs the tarballs together in an empty project. What they need of each other comes from the
 * tarballs too, all else from the store or the registry.
 */
export async function installTarballs(root: string, tarballs: Tarballs, into: string): Promise<void> {
  const dependencies = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]));
  await mkdir(into, { recursive: true });
  await writeFile(
    join(into, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  // JSON is YAML; quoting needs no care.
  await writeFile(join(into, 'pnpm-workspace.yaml'), JSON.stringify({ overrides: dependencies }));
  const args = ['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile'];
  const result = await pnpm(root, args, into);
  if (result.code !== 0) {
    throw new Error(`the packages cannot be installed together: ${lastWords(result)}`);
  }
}
