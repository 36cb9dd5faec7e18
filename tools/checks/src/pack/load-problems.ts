import { join } from 'node:path';
import { importableNames, type Manifest } from '../workspace/read-projects.ts';
import { lastWords, runProgram } from '../workspace/run-program.ts';
import type { NodeRelease } from './node-releases.ts';

/** Imports every subpath of an installed package, and starts every program of it, on a Node.js. */
export async function loadProblems(
  home: string,
  manifest: Manifest,
  { version, program: node }: NodeRelease,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const name of importableNames(manifest)) {
    const code = `await import(${JSON.stringify(name)})`;
    const result = await runProgram(node, ['--input-type=module', '--eval', code], { cwd: home });
    if (result.code !== 0)
      problems.push(`importing ${name} fails on Node.js ${version}: ${lastWords(result)}`);
  }
  for (const [program, file] of Object.entries(manifest.bin ?? {})) {
    const script = join(home, 'node_modules', manifest.name, file);
    const result = await runProgram(node, [script, '--version'], { cwd: home });
    if (result.code !== 0)
      problems.push(`${program} --version fails on Node.js ${version}: ${lastWords(result)}`);
  }
  return problems;
}
