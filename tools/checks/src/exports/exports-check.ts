import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Check, Finding } from '../check.ts';
import {
  importableNames,
  readProjects,
  targetsOf,
  type ExportTarget,
  type Project,
} from '../workspace/read-projects.ts';

/** The condition under which the packages of this repository read each other's sources. */
const SOURCE_CONDITION = '@aml-auth/source';

/** What a package says that it exports is there, is named, and is written down. */
export const exportsCheck: Check = {
  name: 'exports',
  promise: 'every export is built, named and documented',
  async run(root) {
    const projects = (await readProjects(root)).filter(({ published }) => published);
    return (await Promise.all(projects.map((project) => findingsOf(root, project)))).flat();
  },
};

async function findingsOf(root: string, project: Project): Promise<readonly Finding[]> {
  return [
    ...disagreement(project),
    ...missingTargets(root, project),
    ...(await unnamedExports(root, project)),
    ...(await undocumentedSubpaths(root, project)),
  ];
}

function disagreement({ dir, manifest }: Project): readonly Finding[] {
  const { exports = {}, publishConfig } = manifest;
  const where = `${dir}/package.json`;
  const published = publishConfig?.exports;
  const hasSource = Object.values(exports).some((target) => withoutSource(target) !== target);
  if (published === undefined) {
    return hasSource
      ? [{ where, what: `publishConfig.exports is missing: ${SOURCE_CONDITION} would be published` }]
      : [];
  }
  const expected = Object.fromEntries(
    Object.entries(exports).map(([subpath, target]) => [subpath, withoutSource(target)]),
  );
  return isDeepStrictEqual(expected, published)
    ? []
    : [{ where, what: `publishConfig.exports differs from exports without ${SOURCE_CONDITION}` }];
}

function withoutSource(target: ExportTarget): ExportTarget {
  if (typeof target === 'string' || !(SOURCE_CONDITION in target)) return target;
  return Object.fromEntries(Object.entries(target).filter(([condition]) => condition !== SOURCE_CONDITION));
}

function missingTargets(root: string, { dir, manifest }: Project): readonly Finding[] {
  const targets = [
    ...Object.values(manifest.exports ?? {}).flatMap(targetsOf),
    ...Object.values(manifest.bin ?? {}),
  ];
  return targets
    .filter((target) => !existsSync(join(root, dir, target)))
    .map((target) => ({ where: `${dir}/package.json`, what: `${target} is exported but does not exist` }));
}

async function unnamedExports(root: string, { dir, manifest }: Project): Promise<readonly Finding[]> {
  const sources = Object.values(manifest.exports ?? {})
    .flatMap(targetsOf)
    .filter((target) => /(?<!\.d)\.ts$/.test(target) && existsSync(join(root, dir, target)));
  const findings: Finding[] = [];
  for (const source of sources) {
    const file = join(dir, source);
    for (const [index, line] of (await readFile(join(root, file), 'utf8')).split('\n').entries()) {
      if (/^\s*export\s*(\*|default\b)/.test(line)) {
        findings.push({ where: `${file}:${index + 1}`, what: 'an entry point exports by name only' });
      }
    }
  }
  return findings;
}

async function undocumentedSubpaths(root: string, { dir, manifest }: Project): Promise<readonly Finding[]> {
  const where = `${dir}/README.md`;
  if (!existsSync(join(root, where))) return [{ where, what: 'the package has no README.md' }];
  const text = await readFile(join(root, where), 'utf8');
  return importableNames(manifest)
    .filter((name) => !text.includes(name))
    .map((name) => ({ where, what: `${name} is exported but not mentioned` }));
}
