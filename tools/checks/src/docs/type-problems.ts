import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../check.ts';
import { lastWords, runProgram } from '../workspace/run-program.ts';
import type { Document } from './read-document.ts';

/** Languages that are type-checked. A block that cannot stand alone is marked `text`. */
const TYPESCRIPT = new Set(['ts', 'typescript', 'mts']);

const settings = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    skipLibCheck: true,
  },
  include: ['*.ts'],
};

/**
 * Type errors of the TypeScript blocks. Each block is a module of its own, so that a reader can
 * copy it as it stands. They are compiled together, against the packages as they are built: what a
 * reader installs.
 *
 * @param modulesOf - a folder whose node_modules has the packages that documents may import
 */
export async function typeProblems(
  documents: readonly Document[],
  modulesOf: string,
): Promise<readonly Finding[]> {
  const places = new Map<string, { readonly file: string; readonly line: number }>();
  await mkdir(join(modulesOf, 'out-tsc'), { recursive: true });
  const folder = await mkdtemp(join(modulesOf, 'out-tsc', 'docs-'));
  try {
    for (const { file, blocks } of documents) {
      for (const { language, text, line } of blocks) {
        if (!TYPESCRIPT.has(language)) continue;
        const name = `block-${places.size + 1}.ts`;
        places.set(name, { file, line });
        await writeFile(join(folder, name), `${text}\nexport {};\n`);
      }
    }
    if (places.size === 0) return [];
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const tsc = join(modulesOf, 'node_modules/.bin/tsc');
    const result = await runProgram(tsc, ['--pretty', 'false', '--project', folder], { cwd: folder });
    if (result.code === 0) return [];
    const findings = result.stdout.split('\n').flatMap((line) => findingIn(line, places));
    // Errors elsewhere still mean that the blocks were not checked.
    return findings.length > 0 ? findings : [{ where: 'tsc', what: lastWords(result) }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function findingIn(
  line: string,
  places: ReadonlyMap<string, { readonly file: string; readonly line: number }>,
): readonly Finding[] {
  const groups = /^(?<name>block-\d+\.ts)\((?<row>\d+),\d+\): error (?<what>.*)$/.exec(line)?.groups;
  const place = places.get(groups?.['name'] ?? '');
  if (groups === undefined || place === undefined) return [];
  return [{ where: `${place.file}:${place.line + Number(groups['row'])}`, what: groups['what'] ?? '' }];
}
