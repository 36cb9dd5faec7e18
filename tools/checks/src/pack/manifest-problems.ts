import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../workspace/read-projects.ts';

/** Scripts that a package manager would run on the user's machine. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];
const ALWAYS = ['LICENSE', 'README.md', 'package.json'];
/** Code with its declarations and maps, and the parts of pages that a package serves. */
const SHIPPED = /^dist\/.+\.(?:(?:js|d\.ts)(?:\.map)?|html|css|svg)$/;

/** What is wrong with a package as users get it: the unpacked folder. */
export async function packedProblems(folder: string): Promise<readonly string[]> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const files: string[] = [];
  for await (const entry of glob('**/*', {
    cwd: folder,
    withFileTypes: true,
    exclude: ({ name }) => name === 'node_modules',
  })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name).slice(folder.length + 1));
  }
  return [
    ...ALWAYS.filter((name) => !files.includes(name)).map((name) => `${name} is missing`),
    ...files.filter((name) => !mayShip(name)).map((name) => `${name} should not be in the package`),
    ...INSTALL_SCRIPTS.filter((name) => manifest.scripts?.[name] !== undefined).map(
      (name) => `it has the script "${name}"`,
    ),
    ...workspaceRanges(manifest),
  ];
}

function mayShip(file: string): boolean {
  if (ALWAYS.includes(file) || file === 'CHANGELOG.md') return true;
  return SHIPPED.test(file) && !/(^|\/)test\/|\.test\./.test(file);
}

function workspaceRanges(manifest: Manifest): readonly string[] {
  const ranges = [manifest.dependencies, manifest.optionalDependencies, manifest.peerDependencies];
  return ranges
    .flatMap((group) => Object.entries(group ?? {}))
    .filter(([, range]) => /^(workspace|catalog|link|file):/.test(range))
    .map(([name, range]) => `it depends on ${name} as "${range}", which nobody outside can install`);
}
