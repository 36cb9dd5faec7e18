import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { checkProbes } from '../boundaries/boundaries-check.ts';
import type { Check, Finding } from '../check.ts';
import { linkProblems } from '../docs/link-problems.ts';
import { readDocument } from '../docs/read-document.ts';
import { typeProblems } from '../docs/type-problems.ts';
import { exportsCheck } from '../exports/exports-check.ts';
import { pnpm } from '../workspace/pnpm.ts';
import { runProgram, type ProgramResult } from '../workspace/run-program.ts';
import { copyRepository } from './copy-repository.ts';
import { allFailures, firstFailure } from './run-steps.ts';

/** Names that nothing here will ever have. */
const PACKAGE = 'generated-probe';
const METHOD = 'generated-source';
const DOCUMENTS = [`packages/${PACKAGE}/README.md`, `docs/credentials/${METHOD}.md`];
/** What the generators write or change. */
const TOUCHED = [
  `packages/${PACKAGE}`,
  `packages/credentials/{src,test}/${METHOD}`,
  ...['packages/credentials/src/index.ts', 'packages/credentials/README.md', 'docs/credentials'],
  ...['AGENTS.md', 'tsconfig.json', 'tools/site/tsconfig.api.json', 'tools/checks'],
];

/** What the generators make is, untouched, as good as what is here. */
export const generatorsCheck: Check = {
  name: 'generators',
  promise: 'a generated credential and a generated package pass type check, lint, format, tests and fences',
  async run(root) {
    if (!existsSync(join(root, 'packages/core/dist/index.js'))) {
      return [{ where: 'packages/core/dist', what: 'is not there: run "pnpm build" first' }];
    }
    const copy = await copyRepository(root);
    try {
      return await checkGenerated(copy.root);
    } finally {
      await copy.remove();
    }
  },
};

async function checkGenerated(root: string): Promise<readonly Finding[]> {
  // Where nx started this process, it said which repository it works in.
  const env = { NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: root, NO_COLOR: '1', CI: 'true' };
  const bin = join(root, 'node_modules/.bin');
  const path = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  const run = (program: string, args: readonly string[], folder = '.'): Promise<ProgramResult> =>
    runProgram(join(bin, program), args, { cwd: join(root, folder), env: { ...env, ...path } });
  const install = (...how: string[]): Promise<ProgramResult> =>
    pnpm(root, ['install', '--prefer-offline', ...how], root, env);

  const missing = await firstFailure([
    { name: 'install', run: () => install('--frozen-lockfile') },
    { name: 'credential', run: () => run('nx', ['g', '@aml-auth/generators:credential', `from-${METHOD}`]) },
    { name: 'package', run: () => run('nx', ['g', '@aml-auth/generators:package', PACKAGE]) },
    { name: 'install after', run: () => install('--no-frozen-lockfile') },
    // Lint reads the project graph from a cache, and sync says whether the references are those that it would write.
    { name: 'sync', run: () => run('nx', ['sync:check']) },
    {
      name: 'type check',
      run: () => run('tsc', ['-b', `packages/${PACKAGE}`, 'packages/credentials', 'tools/checks']),
    },
    { name: 'build', run: () => run('tsup', [], `packages/${PACKAGE}`) },
  ]);
  if (missing.length > 0) return missing;
  const [touched, sources] = await Promise.all([
    matching(root, TOUCHED),
    matching(root, TOUCHED.slice(0, 2)),
  ]);
  return [
    ...(await allFailures([
      { name: 'format', run: () => run('prettier', ['--check', ...touched]) },
      { name: 'lint', run: () => run('eslint', sources) },
      { name: 'tests of the package', run: () => run('vitest', ['run'], `packages/${PACKAGE}`) },
      {
        name: 'tests of the credential',
        run: () => run('vitest', ['run', `test/${METHOD}`], 'packages/credentials'),
      },
      { name: 'unused', run: () => run('knip', ['--no-progress']) },
    ])),
    ...(await checkProbes(root, fences)),
    ...(await exportsCheck.run(root)),
    ...(await documentFindings(root)),
  ];
}

/** The new package is behind the fence of its layer, and may import what that lets pass. */
const fences = [
  {
    folder: `packages/${PACKAGE}/src`,
    text: "export { fromClientSecret } from '@aml-auth/credentials';\n",
    caughtBy: '@nx/enforce-module-boundaries',
  },
  {
    folder: `packages/${PACKAGE}/src`,
    text: "export { redact } from '@aml-auth/core';\n",
    caughtBy: undefined,
  },
];

async function documentFindings(root: string): Promise<readonly Finding[]> {
  const documents = await Promise.all(DOCUMENTS.map((file) => readDocument(root, file)));
  const links = await Promise.all(documents.map((document) => linkProblems(root, document)));
  return [...links.flat(), ...(await typeProblems(documents, join(root, 'tools/checks')))];
}

async function matching(root: string, patterns: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const file of glob(patterns, { cwd: root })) found.push(file);
  return found;
}
