import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Check, Finding } from '../check.ts';
import { importableNames, readProjects, type Manifest, type Project } from '../workspace/read-projects.ts';
import { lastWords, runProgram } from '../workspace/run-program.ts';
import { budgetProblems, measure } from './budget-problems.ts';
import { budgets } from './budgets.ts';
import { expectedFiles, fileProblems, packedFiles, packedManifest } from './expected-files.ts';
import { installTarballs, packAll } from './install-tarballs.ts';
import { installedPackages, installedProblems } from './installed-packages.ts';
import { loadProblems } from './load-problems.ts';
import { manifestProblems } from './manifest-problems.ts';
import { nodeReleases } from './node-releases.ts';
import { bundling, noticeProblems } from './notice-problems.ts';

/** What ships is what should: packed, installed in an empty folder, and imported. */
export const packCheck: Check = {
  name: 'pack',
  promise: 'the packed packages hold what they should, install together, load, and resolve with their types',
  async run(root) {
    const projects = (await readProjects(root)).filter(({ published }) => published);
    const work = await realpath(await mkdtemp(join(tmpdir(), 'aml-auth-pack-')));
    try {
      return await checkPacked(root, projects, work);
    } catch (error) {
      return [{ where: 'pack', what: error instanceof Error ? error.message : String(error) }];
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};

async function checkPacked(
  root: string,
  projects: readonly Project[],
  work: string,
): Promise<readonly Finding[]> {
  const tarballs = await packAll(root, projects, work);
  const home = join(work, 'home');
  await installTarballs(root, tarballs, home);
  const nodes = await nodeReleases(root, join(work, 'nodes'));
  for (const reason of nodes.missing) console.log(`pack: not tried on ${reason}`);
  const findings: Finding[] = [];
  for (const project of projects) {
    const { name } = project.manifest;
    const folder = await realpath(join(home, 'node_modules', name));
    const problems = [
      ...(await contentProblems(root, project, folder, tarballs.get(name) ?? '')),
      ...(await publintProblems(folder)),
      ...(await typeProblems(tarballs.get(name) ?? '', project.manifest)),
    ];
    for (const node of nodes.present) problems.push(...(await loadProblems(home, project.manifest, node)));
    findings.push(...problems.map((what) => ({ where: name, what })));
  }
  for (const what of installedProblems(await installedPackages(home))) {
    findings.push({ where: 'an installation of all packages', what });
  }
  return findings;
}

/** What is in the package, and how much it is. */
async function contentProblems(
  root: string,
  project: Project,
  folder: string,
  tarball: string,
): Promise<readonly string[]> {
  const manifest = await packedManifest(folder);
  const files = await packedFiles(folder);
  return [
    ...manifestProblems(manifest),
    ...fileProblems(await expectedFiles(root, project, folder), files),
    ...(await noticeProblems(folder, bundling[manifest.name] ?? [])),
    ...budgetProblems(await measure(manifest, tarball, folder, files), budgets[manifest.name]),
  ];
}

/** publint over an unpacked package, strictly: its suggestions count. */
export async function publintProblems(folder: string): Promise<readonly string[]> {
  const { messages, pkg } = await publint({ pkgDir: folder, pack: false, strict: true });
  return messages.map(
    (message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`,
  );
}

/** Are the types wrong? Only for ESM: there is no other build. */
async function typeProblems(tarball: string, manifest: Manifest): Promise<readonly string[]> {
  if (importableNames(manifest).length === 0) return [];
  const attw = join(import.meta.dirname, '../../node_modules/.bin/attw');
  const args = [
    tarball,
    '--profile',
    'esm-only',
    '--format',
    'ascii',
    '--no-color',
    '--no-emoji',
    '--no-definitely-typed',
  ];
  const result = await runProgram(attw, args, { cwd: import.meta.dirname });
  return result.code === 0 ? [] : [`attw: ${lastWords(result, 12)}`];
}
