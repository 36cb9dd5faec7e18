import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readProjects, type Project } from '../workspace/read-projects.ts';
import type { FigureRow } from './figures-page.ts';

/** What there is to show a figure with. */
export interface Proofs {
  readonly root: string;
  readonly projects: readonly Project[];
  readonly scripts: ReadonlySet<string>;
  /** Titles of the rows of the bench, and its groups of rows. */
  readonly benchRows: ReadonlySet<string>;
  readonly benchGroups: ReadonlySet<string>;
}

/** Reads them off the repository. */
export async function readProofs(root: string): Promise<Proofs> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts?: object };
  const bench = join(root, 'tools/bench/src');
  const titles: string[] = [];
  for await (const file of glob('rows/*.ts', { cwd: bench })) {
    const text = await readFile(join(bench, file), 'utf8');
    titles.push(...[...text.matchAll(/\btitle: '([^']+)'/g)].map(([, title = '']) => title));
  }
  const main = existsSync(bench) ? await readFile(join(bench, 'main.ts'), 'utf8') : '';
  const groups = /\bgroups\b[^=]*= \{([^}]*)\}/.exec(main)?.[1] ?? '';
  return {
    root,
    projects: await readProjects(root),
    scripts: new Set(Object.keys(manifest.scripts ?? {})),
    benchRows: new Set(titles),
    benchGroups: new Set(groups.match(/\w+/g)),
  };
}

/** Commands of a row that do not exist, and what they are said to show and do not. */
export function proofProblems(row: FigureRow, proofs: Proofs): readonly string[] {
  if (row.commands.length === 0) return ['the row has no command'];
  return [
    ...row.commands.flatMap((command) => commandProblems(command, row, proofs)),
    ...row.files.filter((file) => !existsSync(join(proofs.root, file))).map((file) => `there is no ${file}`),
    ...row.titles
      .filter((title) => !proofs.benchRows.has(title))
      .map((title) => `the bench has no row "${title}"`),
  ];
}

function commandProblems(command: string, row: FigureRow, proofs: Proofs): readonly string[] {
  const [program = '', first = '', ...rest] = command.split(' ');
  if (program.startsWith('.ci/'))
    return existsSync(join(proofs.root, program)) ? [] : [`there is no ${program}`];
  if (program !== 'pnpm') return [`"${command}" is no command that figures come from`];
  if (first === 'exec' && rest[0] === 'nx' && rest[1] === 'test')
    return testProblems(rest[2] ?? '', row, proofs);
  if (first !== 'bench') return proofs.scripts.has(first) ? [] : [`there is no script "${first}"`];
  return [
    ...(row.titles.length === 0 ? ['the row does not say which rows of the bench'] : []),
    ...rest
      .filter((word) => !word.startsWith('-') && !proofs.benchGroups.has(word))
      .map((word) => `the bench has no group "${word}"`),
  ];
}

/** A test command wants the files that count. */
function testProblems(name: string, { files }: FigureRow, { projects }: Proofs): readonly string[] {
  const project = projects.find(({ manifest }) => manifest.name === name);
  if (project === undefined) return [`no project is named ${name}`];
  const own = files.some((file) => file.startsWith(`${project.dir}/`));
  return own ? [] : [`the row names no test of ${name}`];
}
