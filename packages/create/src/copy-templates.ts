import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Folders and files of a sample that are made anew in each copy, or belong to this repository alone. */
const LEFT_OUT = new Set([
  'node_modules',
  'dist',
  'out-tsc',
  'target',
  '__pycache__',
  '.venv',
  '.env',
  'ci.sh',
  'CHANGELOG.md',
]);

/** Fields of a package.json that the copies do without. */
interface SampleManifest {
  nx?: unknown;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/**
 * Makes a template of each sample, while this package is built: without what belongs to this repository, with the
 * versions of our packages that it has now, and with a workflow and a dev container.
 *
 * @param root - the repository
 */
export async function copyTemplates(root: string, into: string): Promise<void> {
  await rm(into, { recursive: true, force: true });
  const versions = await ourVersions(root);
  for await (const sample of glob('apps/sample-*', { cwd: root })) {
    const target = join(into, basename(sample).replace('sample-', ''));
    await mkdir(target, { recursive: true });
    const filter = (path: string): boolean => !LEFT_OUT.has(basename(path)) && !path.endsWith('.log');
    await cp(join(root, sample), target, { recursive: true, filter });
    const manifest = await readFile(join(target, 'package.json'), 'utf8').catch(() => undefined);
    // Packing would drop a file of the name ".gitignore".
    await cp(join(root, 'packages/create/template/gitignore'), join(target, 'gitignore'));
    if (manifest === undefined) continue;
    await writeFile(join(target, 'package.json'), templateManifest(manifest, versions));
    for (const extra of ['.github', '.devcontainer']) {
      await cp(join(root, 'packages/create/template', extra), join(target, extra), { recursive: true });
    }
  }
}

/** The package.json of a sample as its copies have it. */
export function templateManifest(text: string, versions: ReadonlyMap<string, string>): string {
  const { nx: _nx, ...manifest } = JSON.parse(text) as SampleManifest;
  delete manifest.scripts?.['lint'];
  for (const group of [manifest.dependencies, manifest.devDependencies]) {
    for (const name of Object.keys(group ?? {})) {
      const version = versions.get(name);
      if (group !== undefined && version !== undefined) group[name] = `^${version}`;
    }
  }
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

async function ourVersions(root: string): Promise<ReadonlyMap<string, string>> {
  const versions = new Map<string, string>();
  for await (const file of glob(['packages/*/package.json', 'apps/cli/package.json'], { cwd: root })) {
    const { name, version } = JSON.parse(await readFile(join(root, file), 'utf8')) as Record<string, string>;
    if (name !== undefined && version !== undefined) versions.set(name, version);
  }
  return versions;
}
