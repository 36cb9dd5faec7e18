import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check, Finding } from '../check.ts';
import { readProjects } from '../workspace/read-projects.ts';
import { runProgram } from '../workspace/run-program.ts';
import { textProblems } from './text-problems.ts';

/** Nothing is committed that belongs to one machine, to nobody, or to a secret place. */
export const hygieneCheck: Check = {
  name: 'hygiene',
  promise: 'no machine paths, no leftovers, no secrets, one license',
  run: async (root) => [...(await fileFindings(root)), ...(await licenseFindings(root))],
};

const LARGEST_TEXT = 2 * 1024 * 1024;

async function fileFindings(root: string): Promise<readonly Finding[]> {
  const git = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const { code, stdout, stderr } = await runProgram('git', git, { cwd: root });
  if (code !== 0) return [{ where: 'git ls-files', what: stderr }];
  const findings: Finding[] = [];
  for (const file of stdout.split('\0').filter((name) => name !== '')) {
    const text = (await textOf(join(root, file))) ?? '';
    for (const { line, what } of textProblems(file, text)) findings.push({ where: `${file}:${line}`, what });
  }
  return findings;
}

/** The file as text; undefined for one that is gone, a folder, large, or binary. */
async function textOf(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined;
  const { size } = await stat(path);
  if (size > LARGEST_TEXT) return undefined;
  const text = await readFile(path, 'utf8').catch(() => '\0');
  return text.includes('\0') ? undefined : text;
}

async function licenseFindings(root: string): Promise<readonly Finding[]> {
  const license = await textOf(join(root, 'LICENSE'));
  const findings: Finding[] = [];
  for (const { dir, manifest, published } of await readProjects(root)) {
    if (manifest.license !== 'MIT')
      findings.push({ where: `${dir}/package.json`, what: 'license is not MIT' });
    if (published && (await textOf(join(root, dir, 'LICENSE'))) !== license) {
      findings.push({ where: `${dir}/LICENSE`, what: 'is not the LICENSE of the repository' });
    }
  }
  return findings;
}
