import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Check, Finding } from '../check.ts';
import { packAll, type Tarballs } from '../pack/install-tarballs.ts';
import { pnpm } from '../workspace/pnpm.ts';
import { readProjects } from '../workspace/read-projects.ts';
import { lastWords, runProgram } from '../workspace/run-program.ts';
import { otherLanguageFindings } from './other-language.ts';
import { promisedOutput } from './promised-output.ts';

/** Programs that a sample is about; without them it is passed over, with a line that says so. */
const NEEDS: Readonly<Record<string, string>> = {
  'apps/sample-node-azure-cli': 'az',
  'apps/sample-node-redis': 'redis-server',
};

/** Whoever copies a sample out of the repository gets what its README promises, from the packages as they ship. */
export const samplesCheck: Check = {
  name: 'samples',
  promise: 'each sample, copied and installed from the packed packages, prints what its README says',
  async run(root) {
    const projects = await readProjects(root);
    const work = await realpath(await mkdtemp(join(tmpdir(), 'aml-auth-samples-')));
    try {
      const published = projects.filter(({ published }) => published);
      const tarballs = await packAll(root, published, work);
      const findings: Finding[] = [];
      for (const { dir } of projects.filter(({ dir }) => dir.startsWith('apps/sample-'))) {
        const what = await sampleProblem(root, dir, tarballs, join(work, dir));
        if (what !== undefined) findings.push({ where: dir, what });
      }
      findings.push(...(await otherLanguageFindings(root, tarballs, join(work, 'home'))));
      return findings;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};

async function sampleProblem(
  root: string,
  dir: string,
  tarballs: Tarballs,
  into: string,
): Promise<string | undefined> {
  const need = NEEDS[dir];
  if (need !== undefined && (await runProgram(need, ['--version'], { cwd: root })).code !== 0) {
    console.log(`samples: ${dir} was not run: ${need} is not installed`);
    return undefined;
  }
  const promised = promisedOutput(await readFile(join(root, dir, 'README.md'), 'utf8'));
  if (promised === undefined) return 'its README does not say what "npm start" prints';
  await cp(join(root, dir), into, { recursive: true, filter: (path) => !path.endsWith('node_modules') });
  const overrides = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]));
  // JSON is YAML; quoting needs no care.
  await writeFile(join(into, 'pnpm-workspace.yaml'), JSON.stringify({ overrides }));
  const args = ['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile'];
  const installed = await pnpm(root, args, into);
  if (installed.code !== 0) return `cannot be installed: ${lastWords(installed)}`;
  const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  const run = await runProgram('npm', ['--silent', 'start'], { cwd: into, env: { PATH } });
  if (run.code !== 0) return `"npm start" fails: ${lastWords(run)}`;
  return run.stdout === promised ? undefined : `"npm start" prints something else: ${lastWords(run)}`;
}
