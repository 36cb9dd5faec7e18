import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pnpm } from '../workspace/pnpm.ts';
import { lastWords, runProgram } from '../workspace/run-program.ts';

/** The oldest Node.js that the packages support, and the newest release line that they are tried on. */
const OTHERS = ['22.12.0', '26.10.0'];

/** A Node.js to run things on. */
export interface NodeRelease {
  readonly version: string;
  readonly program: string;
}

/** The Node.js releases of a check. */
export interface NodeReleases {
  readonly present: readonly NodeRelease[];
  /** Why others are not there, each in words. */
  readonly missing: readonly string[];
}

/** The Node.js that runs this, and the others, installed into the folder. One that cannot be had is named and left out. */
export async function nodeReleases(root: string, folder: string): Promise<NodeReleases> {
  const present = [{ version: process.versions.node, program: process.execPath }];
  const missing: string[] = [];
  for (const version of OTHERS) {
    const result = await install(root, join(folder, version), version);
    if (typeof result === 'string') missing.push(`Node.js ${version}: ${result}`);
    else present.push(result);
  }
  return { present, missing };
}

/** The binary alone, which the registry has for each platform: no script runs. */
async function install(root: string, folder: string, version: string): Promise<NodeRelease | string> {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies: { [name]: version } }),
  );
  await writeFile(join(folder, 'pnpm-workspace.yaml'), '{}');
  const args = ['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile'];
  const installed = await pnpm(root, args, folder);
  if (installed.code !== 0) return `${name} cannot be installed: ${lastWords(installed, 2)}`;
  const program = join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const said = await runProgram(program, ['--version'], { cwd: folder });
  return said.stdout.trim() === `v${version}`
    ? { version, program }
    : `it does not start: ${lastWords(said, 2)}`;
}
