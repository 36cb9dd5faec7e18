import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Check, Finding } from '../check.ts';
import { packAll } from '../pack/install-tarballs.ts';
import { nodeReleases } from '../pack/node-releases.ts';
import { pnpm } from '../workspace/pnpm.ts';
import { readProjects } from '../workspace/read-projects.ts';
import { lastWords, runProgram } from '../workspace/run-program.ts';
import { globalInstallFindings } from './global-install.ts';
import { startPageFindings } from './start-page.ts';
import { startRegistry } from './start-registry.ts';

/** A user who knows only the names of our packages gets them from a registry and has a running app. */
export const registryCheck: Check = {
  name: 'registry',
  promise:
    'published to a registry, the packages install by npm, the command line for all users, the start page does what it says, and a new app runs as its workflow says',
  async run(root) {
    const work = await realpath(await mkdtemp(join(tmpdir(), 'aml-auth-registry-')));
    try {
      const registry = await startRegistry(root, join(work, 'verdaccio'));
      if (typeof registry === 'string') {
        console.log(`SKIPPED: ${registry}`);
        return [];
      }
      try {
        return await publishAndUse(root, registry.url, work);
      } finally {
        await registry.close();
      }
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};

async function publishAndUse(root: string, url: string, work: string): Promise<readonly Finding[]> {
  const home = join(work, 'home');
  await mkdir(home, { recursive: true });
  // As a company would have it: our scope from a registry of its own, all else from the usual one. Verdaccio asks
  // for a token even where anybody may publish.
  const settings = `@aml-auth:registry=${url}\n//${new URL(url).host}/:_authToken=nobody\n`;
  const npmrc = join(home, '.npmrc');
  await writeFile(npmrc, settings);
  const env = {
    NPM_CONFIG_USERCONFIG: npmrc,
    npm_config_userconfig: npmrc,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
  };
  const step = async (cwd: string, words: readonly string[]): Promise<readonly Finding[]> => {
    const [program = '', ...args] = words;
    const result = await runProgram(program, args, { cwd, env });
    return result.code === 0 ? [] : [{ where: words.join(' '), what: lastWords(result, 12) }];
  };

  const published = await publish(root, url, work, npmrc);
  if (published.length > 0) return published;
  const nodes = await nodeReleases(root, join(work, 'nodes'));
  for (const reason of nodes.missing) console.log(`registry: not tried on ${reason}`);
  const global = await globalInstallFindings(join(work, 'global'), env, nodes.present);
  const user = join(work, 'user');
  await mkdir(user);
  await writeFile(join(user, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const app = join(user, 'my-app');
  const findings = [
    ...global,
    ...(await startPageFindings(root, join(work, 'start'), env)),
    ...(await step(user, ['npm', 'install', '@aml-auth/cli', '@aml-auth/credentials'])),
    ...(await step(user, ['npx', '--no-install', 'aml-auth', 'demo'])),
    ...(await step(user, [
      'node',
      '--eval',
      "import('@aml-auth/credentials').then((all) => all.fromClientSecret)",
    ])),
    ...(await step(user, ['npm', 'create', '--yes', '@aml-auth', 'my-app', '--', '--no-input'])),
  ];
  if (findings.length > 0) return findings;
  for (const command of await workflowCommands(join(app, '.github/workflows/ci.yml'))) {
    findings.push(...(await step(app, command.split(' '))));
  }
  return findings;
}

async function publish(root: string, url: string, work: string, npmrc: string): Promise<readonly Finding[]> {
  const projects = (await readProjects(root)).filter(({ published }) => published);
  const findings: Finding[] = [];
  const tarballs = await packAll(root, projects, work);
  for (const [name, tarball] of tarballs) {
    const args = ['publish', tarball, '--no-git-checks', '--registry', url];
    const result = await pnpm(root, args, work, {
      NPM_CONFIG_USERCONFIG: npmrc,
      npm_config_userconfig: npmrc,
    });
    if (result.code !== 0)
      findings.push({ where: name, what: `it cannot be published: ${lastWords(result)}` });
  }
  return findings;
}

/** The commands of the steps of a workflow, in their order. */
async function workflowCommands(file: string): Promise<readonly string[]> {
  const workflow = parse(await readFile(file, 'utf8')) as {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
  };
  return Object.values(workflow.jobs)
    .flatMap(({ steps }) => steps)
    .flatMap(({ run }) => run?.trim().split('\n') ?? []);
}
