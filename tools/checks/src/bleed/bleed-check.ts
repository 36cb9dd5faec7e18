import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { Check, Finding } from '../check.ts';
import { readProjects, type ExportTarget, type Project } from '../workspace/read-projects.ts';
import { bleedRules, type BleedRule } from './bleed-rules.ts';
import { bundledPackages } from './bundled-packages.ts';
import { loadedByImport, loadedByProgram } from './loaded-packages.ts';

/** Importing one package does not load what belongs to another. */
export const bleedCheck: Check = {
  name: 'bleed',
  promise: 'importing a package loads what its rule allows and no more',
  run: (root) => checkBleed(root, bleedRules),
};

/** As the check, with rules by package name. A published package without a rule is a finding. */
export async function checkBleed(
  root: string,
  rules: Readonly<Record<string, BleedRule>>,
): Promise<readonly Finding[]> {
  const projects = await readProjects(root);
  const own = new Set(projects.map(({ manifest }) => manifest.name));
  const findings: Finding[] = [];
  for (const project of projects.filter(({ published }) => published)) {
    const rule = rules[project.manifest.name];
    if (rule === undefined) {
      findings.push({ where: project.dir, what: 'no rule says what importing it may load' });
      continue;
    }
    for (const entry of entriesOf(root, project)) {
      findings.push(...(await findingsOf(entry, mayLoad(project, rule, own), rule)));
    }
  }
  return findings;
}

/** An exported file, or a program. */
interface Entry {
  readonly name: string;
  readonly file: string;
  readonly isProgram: boolean;
}

function entriesOf(root: string, { dir, manifest }: Project): readonly Entry[] {
  const exported = Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => {
    const file = defaultTarget(target);
    return file?.endsWith('.js') === true
      ? [{ name: manifest.name + subpath.slice(1), file, isProgram: false }]
      : [];
  });
  const programs = Object.entries(manifest.bin ?? {}).map(([name, file]) => ({
    name,
    file,
    isProgram: true,
  }));
  return [...exported, ...programs].map((entry) => ({ ...entry, file: join(root, dir, entry.file) }));
}

function defaultTarget(target: ExportTarget | undefined): string | undefined {
  return typeof target === 'object' ? defaultTarget(target['default']) : target;
}

function mayLoad(
  { manifest }: Project,
  { loads, outsideIsFree, builtins }: BleedRule,
  own: ReadonlySet<string>,
): (name: string) => boolean {
  const allowed = new Set([manifest.name, ...loads, ...(builtins ?? [])]);
  return (name) =>
    allowed.has(name) ||
    (isBuiltin(name) ? builtins === undefined : outsideIsFree === true && !own.has(name));
}

async function findingsOf(
  { name: where, file, isProgram }: Entry,
  allowed: (name: string) => boolean,
  rule: BleedRule,
): Promise<readonly Finding[]> {
  const tooMuch = (packages: ReadonlySet<string>, verb: string): readonly Finding[] =>
    [...packages].filter((name) => !allowed(name)).map((name) => ({ where, what: `${verb} ${name}` }));
  try {
    if (isProgram) return tooMuch(await loadedByProgram(file), 'starting it loads');
    const findings = tooMuch(await loadedByImport(file), 'importing it loads');
    if (rule.everywhere !== true) return findings;
    const { packages, errors } = await bundledPackages(file);
    return [
      ...findings,
      ...tooMuch(packages, 'bundling it takes in'),
      ...errors.map((text) => ({ where, what: `it does not bundle without Node.js: ${text}` })),
    ];
  } catch (error) {
    return [{ where, what: error instanceof Error ? error.message : String(error) }];
  }
}
