import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Finding } from '../check.ts';
import { installedProblems, npmPackages } from '../pack/installed-packages.ts';
import type { NodeRelease } from '../pack/node-releases.ts';
import { lastWords, runProgram } from '../workspace/run-program.ts';

/** What people do first with the command line, and what must be in its answer. */
const FIRST_STEPS: readonly { readonly args: readonly string[]; readonly says: RegExp }[] = [
  { args: ['--version'], says: /^\d+\.\d+\.\d+\S*\n$/ },
  { args: ['demo', '--list'], says: /share-workspace/ },
  {
    args: ['emulator', 'run', '--', 'node', '-e', 'console.log(process.env.AZURE_CLIENT_ID)'],
    says: /^[0-9a-f-]{36}$/m,
  },
];

/**
 * Installs the command line for the whole machine, as its README says, into empty prefixes: with the scripts of
 * packages and without. Each is then used on each Node.js, and no package of it may have a script to run.
 *
 * @param work - a folder for the prefixes, and for a cache of npm that begins empty
 * @param env - names the registry
 */
export async function globalInstallFindings(
  work: string,
  env: Readonly<Record<string, string>>,
  nodes: readonly NodeRelease[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  await mkdir(work, { recursive: true });
  for (const flags of [[], ['--ignore-scripts']]) {
    const prefix = join(work, flags.join('') || 'plain');
    const words = ['install', '--global', ...flags, '@aml-auth/cli'];
    const where = ['npm', ...words].join(' ');
    const result = await runProgram(
      'npm',
      [...words, '--prefix', prefix, '--cache', join(work, 'cache'), '--no-audit', '--no-fund'],
      { cwd: work, env },
    );
    if (result.code !== 0) {
      findings.push({ where, what: lastWords(result, 12) });
      continue;
    }
    const problems = [...installedProblems(await npmPackages(join(prefix, 'lib')))];
    for (const node of nodes) problems.push(...(await firstStepProblems(prefix, node)));
    findings.push(...problems.map((what) => ({ where, what })));
  }
  return findings;
}

/** Starts the program by its name, as a shell would find it, on a Node.js. */
async function firstStepProblems(prefix: string, node: NodeRelease): Promise<readonly string[]> {
  const problems: string[] = [];
  const bin = join(prefix, 'bin');
  const env = { PATH: [bin, dirname(node.program), process.env['PATH']].join(delimiter) };
  for (const { args, says } of FIRST_STEPS) {
    const result = await runProgram(join(bin, 'aml-auth'), args, { cwd: prefix, env });
    if (result.code === 0 && says.test(result.stdout)) continue;
    problems.push(`aml-auth ${args.join(' ')} fails on Node.js ${node.version}: ${lastWords(result)}`);
  }
  return problems;
}
