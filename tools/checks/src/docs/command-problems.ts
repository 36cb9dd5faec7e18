import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Finding } from '../check.ts';
import { readProjects, type Manifest } from '../workspace/read-projects.ts';
import { runProgram } from '../workspace/run-program.ts';
import type { Document } from './read-document.ts';
import { shellCommands } from './shell-commands.ts';

/** Programs that documents may tell readers to run. `az` is for what is done in Azure itself. */
const PROGRAMS = new Set(
  [
    'az',
    'aml-auth',
    'cat',
    'cd',
    'chmod',
    'cp',
    'curl',
    'docker',
    'echo',
    'eval',
    'export',
    'git',
    'java',
  ].concat([
    'jq',
    'mvn',
    'mkdir',
    'node',
    'npm',
    'npx',
    'nx',
    'openssl',
    'pip',
    'pnpm',
    'python',
    'python3',
    'umask',
    'unset',
  ]),
);
/** Commands of npm and pnpm themselves; any other first word is a script. */
const OWN_COMMANDS = new Set([
  'add',
  'ci',
  'create',
  'dlx',
  'exec',
  'i',
  'init',
  'install',
  'pack',
  'publish',
  'remove',
]);
const SHELL = new Set(['sh', 'bash', 'shell']);

/** Shell blocks that name a program, a script, or an `aml-auth` command or flag that does not exist. */
export async function commandProblems(root: string, document: Document): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { language, text, line } of document.blocks) {
    if (!SHELL.has(language) && language !== 'console') continue;
    for (const command of shellCommands(text, language === 'console')) {
      const what = await commandProblem(root, document.file, command.words);
      if (what !== undefined) {
        findings.push({ where: `${document.file}:${line + 1 + command.line}`, what });
      }
    }
  }
  return findings;
}

async function commandProblem(
  root: string,
  file: string,
  words: readonly string[],
): Promise<string | undefined> {
  const [program = '', ...rest] = words;
  if (!PROGRAMS.has(program)) return `${program} is not a program that readers are expected to have`;
  if (program === 'npx') {
    const [name = '', ...args] = rest.filter((word, index) => index > 0 || !word.startsWith('-'));
    if (/^pnpm(@|$)/.test(name)) return scriptProblem(root, '', args);
    return /^(@aml-auth\/cli|aml-auth)(@|$)/.test(name) ? cliProblem(root, args) : undefined;
  }
  if (program === 'pnpm') return scriptProblem(root, '', rest);
  if (program === 'npm') return npmProblem(root, file, rest);
  return program === 'aml-auth' ? cliProblem(root, rest) : undefined;
}

/** `npm start`, `npm test` and `npm run x` are about the package that the document describes. */
async function npmProblem(
  root: string,
  file: string,
  [verb = '', name]: readonly string[],
): Promise<string | undefined> {
  if (verb === 'run') return scriptProblem(root, dirname(file), [name ?? '']);
  return verb === 'start' || verb === 'test' ? scriptProblem(root, dirname(file), [verb]) : undefined;
}

async function scriptProblem(
  root: string,
  folder: string,
  words: readonly string[],
): Promise<string | undefined> {
  const filter = words[0] === '--filter' ? words[1] : undefined;
  const [first = '', second = ''] = filter === undefined ? words : words.slice(2);
  const script = first === 'run' ? second : first;
  if (first.startsWith('-') || OWN_COMMANDS.has(script)) return undefined;
  const owner = filter === undefined ? folder : await folderOf(root, filter);
  const file = join(owner ?? '', 'package.json');
  if (owner === undefined || !existsSync(join(root, file))) return `no project is named ${filter ?? folder}`;
  const { scripts = {} } = JSON.parse(await readFile(join(root, file), 'utf8')) as Manifest;
  return script === 'nx' || script in scripts ? undefined : `${file} has no script "${script}"`;
}

async function folderOf(root: string, name: string): Promise<string | undefined> {
  return (await readProjects(root)).find(({ manifest }) => manifest.name === name)?.dir;
}

/** Asks the built program for the command's help, and looks for the flags in it. */
async function cliProblem(root: string, args: readonly string[]): Promise<string | undefined> {
  const program = join(root, 'apps/cli/dist/main.js');
  if (!existsSync(program)) return undefined;
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const firstFlag = own.findIndex((word) => word.startsWith('-'));
  const path = firstFlag === -1 ? own : own.slice(0, firstFlag);
  const help = await runProgram(process.execPath, [program, ...path, '--help'], { cwd: root });
  if (help.code !== 0) return `aml-auth ${path.join(' ')} does not exist`;
  const flags = own.flatMap((word) => /^--[a-z][a-z-]*/.exec(word) ?? []);
  const missing = flags.filter((flag) => !help.stdout.includes(flag));
  return missing.length === 0 ? undefined : `aml-auth ${path.join(' ')} has no ${missing.join(', ')}`;
}
