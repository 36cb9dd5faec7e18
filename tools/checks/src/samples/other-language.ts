import { existsSync } from 'node:fs';
import { cp, glob, readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Finding } from '../check.ts';
import { installTarballs, type Tarballs } from '../pack/install-tarballs.ts';
import { lastWords, runProgram } from '../workspace/run-program.ts';
import { promisedOutput } from './promised-output.ts';
import { programsOf, readmeTrial } from './readme-trial.ts';

/**
 * Samples without a package.json: copied below a folder that has the packed command line, so that the commands of their
 * READMEs find it there instead of at a registry. Each block of commands must end with the output that the README says.
 *
 * @param home - a folder that is not there yet
 */
export async function otherLanguageFindings(
  root: string,
  tarballs: Tarballs,
  home: string,
): Promise<readonly Finding[]> {
  const dirs: string[] = [];
  for await (const file of glob('apps/sample-*/README.md', { cwd: root })) {
    if (!existsSync(join(root, dirname(file), 'package.json'))) dirs.push(dirname(file));
  }
  if (dirs.length === 0) return [];
  await installTarballs(root, tarballs, home);
  const findings: Finding[] = [];
  for (const dir of dirs.sort()) {
    const problems = await sampleProblems(root, dir, join(home, dir));
    findings.push(...problems.map((what) => ({ where: dir, what })));
  }
  return findings;
}

async function sampleProblems(root: string, dir: string, into: string): Promise<readonly string[]> {
  const readme = await readFile(join(root, dir, 'README.md'), 'utf8');
  const blocks = readmeTrial(readme);
  const promised = promisedOutput(readme);
  if (blocks.length === 0 || promised === undefined) return ['its README does not say how to try it'];
  for (const program of programsOf(blocks)) {
    if ((await runProgram(program, ['--version'], { cwd: root })).code === 0) continue;
    console.log(`samples: ${dir} was not run: ${program} is not installed`);
    return [];
  }
  // What builds leave in the folder is in no copy that users take.
  await cp(join(root, dir), into, {
    recursive: true,
    filter: (path) => !/\/(target|__pycache__)$/.test(path),
  });
  const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  for (const block of blocks) {
    const run = await runProgram('sh', ['-e', '-c', block], { cwd: into, env: { PATH } });
    if (run.code !== 0) return [`"${block}" fails: ${lastWords(run)}`];
    // A build before it may have said something, or reset the colours.
    if (!stripVTControlCharacters(run.stdout).endsWith(promised))
      return [`"${block}" prints something else: ${lastWords(run)}`];
  }
  return [];
}
