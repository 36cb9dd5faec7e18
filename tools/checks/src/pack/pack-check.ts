import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Check, Finding } from '../check.ts';
import { importableNames, readProjects, type Manifest, type Project } from '../workspace/read-projects.ts';
import { lastWords, runProgram } from '../workspace/run-program.ts';
import { installTarballs, packAll } from './install-tarballs.ts';
import { packedProblems } from './packed-problems.ts';

/** What ships is what should: packed, installed in an empty folder, and imported. */
export const packCheck: Check = {
  name: 'pack',
  promise: 'the packed packages install together, load, and resolve with their types',
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
  const findings: Finding[] = [];
  for (const { manifest } of projects) {
    const { name } = manifest;
    const folder = await realpath(join(home, 'node_modules', name));
    const problems = [
      ...(await packedProblems(folder)),
      ...(await publintProblems(folder)),
      ...(await typeProblems(tarballs.get(name) ?? '', manifest)),
      ...(await loadProblems(home, manifest)),
    ];
    findings.push(...problems.map((what) => ({ where: name, what })));
  }
  return findings;
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

/** Imports every subpath, and starts every program, in the empty project. */
async function loadProblems(home: string, manifest: Manifest): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const name of importableNames(manifest)) {
    const code = `await import(${JSON.stringify(name)})`;
    const result = await runProgram(process.execPath, ['--input-type=module', '--eval', code], { cwd: home });
    if (result.code !== 0) problems.push(`importing ${name} fails: ${lastWords(result)}`);
  }
  for (const program of Object.keys(manifest.bin ?? {})) {
    const result = await runProgram(join(home, 'node_modules/.bin', program), ['--version'], { cwd: home });
    if (result.code !== 0) problems.push(`${program} --version fails: ${lastWords(result)}`);
  }
  return problems;
}
