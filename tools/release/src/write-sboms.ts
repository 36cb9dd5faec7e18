import { execFileSync } from 'node:child_process';
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { lockedGraph, packageUrl, type Lockfile } from './sbom/locked-graph.ts';
import { sbomProblems, settledSbom, type Sbom } from './sbom/sbom.ts';
import { schemaProblems } from './sbom/schema-problems.ts';

// Usage: pnpm sbom:write. A CycloneDX document for each published package, in dist/sbom. See docs/releasing.md.
const root = join(import.meta.dirname, '../../..');
const into = join(root, 'dist/sbom');
const published = ['./packages/*', '@aml-auth/cli', '!@aml-auth/testkit'];

await rm(into, { recursive: true, force: true });
await mkdir(into, { recursive: true });
runPnpm([
  ...published.flatMap((filter) => ['--filter', filter]),
  'sbom',
  ...['--sbom-format', 'cyclonedx', '--sbom-spec-version', '1.6', '--prod', '--lockfile-only'],
  ...['--split', '--out', join(into, '%s.cdx.json')],
]);

const lock = parse(await readFile(join(root, 'pnpm-lock.yaml'), 'utf8')) as Lockfile;
const projects = await readProjects();
const folders = new Map([...projects].map(([dir, id]) => [packageUrl(id), dir]));
const time = execFileSync('git', ['log', '-1', '--format=%cI'], { cwd: root, encoding: 'utf8' }).trim();

const missing = new Set([...folders.keys()].filter((url) => isPublished(folders.get(url) ?? '')));
for await (const file of glob(join(into, '*.json'))) {
  const sbom = settledSbom(JSON.parse(await readFile(file, 'utf8')) as Sbom, time);
  const text = `${JSON.stringify(sbom, undefined, 2)}\n`;
  await writeFile(file, text);
  const dir = folders.get(sbom.metadata.component['bom-ref']) ?? '';
  const problems = [...(await schemaProblems(text)), ...sbomProblems(sbom, lockedGraph(lock, dir, projects))];
  for (const problem of problems) {
    console.error(`${basename(file)}: ${problem}`);
    process.exitCode = 1;
  }
  missing.delete(sbom.metadata.component['bom-ref']);
}
for (const url of missing) {
  console.error(`${url} has no document`);
  process.exitCode = 1;
}

/** The folders that `published` selects: `release.projects` of nx.json, in the words of pnpm. */
function isPublished(dir: string): boolean {
  return dir === 'apps/cli' || (dir.startsWith('packages/') && dir !== 'packages/testkit');
}

/** `name@version` of each project, by its folder. */
async function readProjects(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const file of glob('{packages,apps,tools}/*/package.json', { cwd: root })) {
    const manifest = JSON.parse(await readFile(join(root, file), 'utf8')) as {
      name: string;
      version?: string;
    };
    found.set(dirname(file), `${manifest.name}@${manifest.version ?? '0.0.0'}`);
  }
  return found;
}

/** Runs the pnpm that started this: a binary as it is, its JavaScript form by Node.js. */
function runPnpm(args: readonly string[]): void {
  const pnpm = process.env['npm_execpath'];
  if (pnpm?.includes('pnpm') !== true) throw new Error('Start this with "pnpm sbom:write".');
  const script = /\.[cm]?js$/.test(pnpm);
  execFileSync(script ? process.execPath : pnpm, script ? [pnpm, ...args] : args, {
    cwd: root,
    stdio: 'inherit',
  });
}
