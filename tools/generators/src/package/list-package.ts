import { updateJson, type Tree } from '@nx/devkit';
import { addAfterLast } from '../edits/add-after-last.ts';
import { addSorted } from '../edits/add-sorted.ts';
import { editFile } from '../edits/edit-file.ts';
import type { PackageNames } from '../names/package-names.ts';
import type { Layer } from './layers.ts';

interface TsConfig {
  readonly files?: readonly string[];
  readonly references?: readonly { readonly path: string }[];
}
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Room for a small package; its own figures take the place of these. */
const BUDGET = '{ packed: 20, unpacked: 60, bundled: 20, modules: 2 }';

/** Puts a new package into every list of packages. */
export function listPackage(tree: Tree, names: PackageNames, layer: Layer, description: string): void {
  const { folder, packageName } = names;
  listForCompiler(tree, folder);
  updateJson(tree, 'tools/checks/package.json', (manifest: Manifest) => ({
    ...manifest,
    dependencies: Object.fromEntries(
      insertSorted(Object.entries(manifest.dependencies), [packageName, 'workspace:^'], ([name]) => name),
    ),
  }));
  const more = layer.everywhere ? ', everywhere: true' : '';
  editFile(tree, 'tools/checks/src/bleed/bleed-rules.ts', (text) =>
    text.replace(/\n\};\n$/, `\n  '${packageName}': { loads: ['@aml-auth/core']${more} },\n};\n`),
  );
  editFile(tree, 'tools/checks/src/pack/budgets.ts', (text) =>
    addSorted(text, /^ {2}'@aml-auth\/.*packed:/, `  '${packageName}': ${BUDGET},`),
  );
  editFile(tree, 'AGENTS.md', (text) =>
    addAfterLast(
      text,
      /^\| `packages\//,
      `| \`packages/${folder}\` | ${lowerFirst(description)} | ${layer.mayImport} |`,
    ),
  );
  if (layer.everywhere) {
    editFile(tree, 'eslint.config.mjs', (text) =>
      text.replace(
        "'packages/permissions/src/**/*.ts']",
        `'packages/permissions/src/**/*.ts', 'packages/${folder}/src/**/*.ts']`,
      ),
    );
  }
}

/** As `nx sync` would have it: the whole repository refers to it, and so does what depends on it. */
function listForCompiler(tree: Tree, folder: string): void {
  const add = (file: string, path: string): void => {
    updateJson(tree, file, (config: TsConfig) => ({
      ...config,
      references: [...(config.references ?? []), { path }],
    }));
  };
  add('tsconfig.json', `./packages/${folder}`);
  add('tools/checks/tsconfig.json', `../../packages/${folder}`);
  updateJson(tree, 'tools/site/tsconfig.api.json', (config: TsConfig) => ({
    ...config,
    files: insertSorted(config.files ?? [], `../../packages/${folder}/src/index.ts`, (file) => file),
  }));
}

/** The list with one more item before the first that comes after it; the others stay where they are. */
function insertSorted<T>(list: readonly T[], item: T, nameOf: (one: T) => string): T[] {
  const next = list.findIndex((one) => nameOf(one) > nameOf(item));
  return list.toSpliced(next === -1 ? list.length : next, 0, item);
}

/** In a cell of a table: without a capital and a full stop. */
function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}
