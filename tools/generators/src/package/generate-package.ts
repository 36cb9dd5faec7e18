import { join } from 'node:path';
import { formatFiles, generateFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { packageNames, type PackageNames } from '../names/package-names.ts';
import { layerOf } from './layers.ts';
import { listPackage } from './list-package.ts';

/** Options of {@link generatePackage}, as in `schema.json`. */
export interface PackageOptions {
  /** The name without `@aml-auth/`, in kebab-case. */
  readonly name: string;
  /** What a user gets. Default: a sentence to be replaced. */
  readonly description?: string | undefined;
  /** What it may import. Default `service`. */
  readonly layer?: string | undefined;
}

/** It stands in JSON, in a table of Markdown, and between single quotes. */
const DESCRIPTION = /^[A-Za-z][^"'\\|`<>\p{Cc}]{0,119}$/u;
const PROJECT_FOLDERS = ['packages', 'apps', 'tools'];

/**
 * Makes a package, and lists it wherever packages are listed: for the compiler, the checks, the site and AGENTS.md.
 *
 * @returns what tells the next steps, once the files are written
 * @throws {Error} where a name does not fit or is taken; nothing is changed then
 */
export async function generatePackage(tree: Tree, options: PackageOptions): Promise<GeneratorCallback> {
  const names = packageNames(options.name);
  const layer = layerOf(options.layer ?? 'service');
  const description = parseDescription(options.description ?? 'Tells whether a token lasts long enough.');
  requireFree(tree, names);
  const substitutes = { ...names, description, layer: layer.name, tmpl: '' };
  generateFiles(tree, join(import.meta.dirname, 'files'), `packages/${names.folder}`, substitutes);
  const license = tree.read('LICENSE');
  if (license === null)
    throw new Error('LICENSE is missing: run this in the repository. Nothing was changed.');
  tree.write(`packages/${names.folder}/LICENSE`, license);
  listPackage(tree, names, layer, description);
  await formatFiles(tree);
  return () => logger.info(nextSteps(names));
}

function parseDescription(value: string): string {
  if (DESCRIPTION.test(value) && value.trim() === value) return value;
  throw new Error(
    `The description ${JSON.stringify(value)} does not fit into texts: give up to 120 characters without quotes, ` +
      'bars, angle brackets and backslashes, with a letter first. Nothing was changed.',
  );
}

/** Commits name projects by the last part of their name, so that no two may have the same. */
function requireFree(tree: Tree, { folder, packageName }: PackageNames): void {
  for (const parent of PROJECT_FOLDERS) {
    for (const child of tree.children(parent)) {
      const path = `${parent}/${child}`;
      const manifest = tree.read(`${path}/package.json`, 'utf8');
      const name = manifest === null ? undefined : (JSON.parse(manifest) as { name?: string }).name;
      const clashes = name === packageName || name === folder;
      if (!clashes && !(parent === 'packages' && child.toLowerCase() === folder)) continue;
      throw new Error(
        `"${folder}" is taken: ${path} is there already. Choose another name. Nothing was changed.`,
      );
    }
  }
}

function nextSteps({ folder, packageName }: PackageNames): string {
  return `
Next:
  1. pnpm install, which links ${packageName} and writes the lock file.
  2. pnpm exec nx test ${packageName}
  3. Write what it is for, and list it in README.md and README.ko.md.
  4. pnpm build && pnpm api:update, for the interface that reviewers read.
  5. Set its budget in tools/checks/src/pack/budgets.ts once it has its size.
  6. .ci/run

It is in packages/${folder}.
`;
}

export default generatePackage;
