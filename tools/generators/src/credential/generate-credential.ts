import { join } from 'node:path';
import { formatFiles, generateFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { addAfterLast } from '../edits/add-after-last.ts';
import { addExport } from '../edits/add-export.ts';
import { editFile } from '../edits/edit-file.ts';
import { credentialNames, type CredentialNames } from '../names/credential-names.ts';

/** Options of {@link generateCredential}, as in `schema.json`. */
export interface CredentialOptions {
  /** The factory in kebab-case: `from-buildkite`. */
  readonly name: string;
  /** What people call the method. Default: the words of the name. */
  readonly title?: string | undefined;
}

const PACKAGE = 'packages/credentials';
const PAGES = 'docs/credentials';

/**
 * Makes a sign-in method in packages/credentials: an application that proves itself by a signed token, which a service
 * gives that variables name. What is special to the method replaces that.
 *
 * @returns what tells the next steps, once the files are written
 * @throws {Error} where a name does not fit or is taken; nothing is changed then
 */
export async function generateCredential(tree: Tree, options: CredentialOptions): Promise<GeneratorCallback> {
  const names = credentialNames(options.name, options.title);
  requireFree(tree, names);
  const write = (files: string, target: string): void =>
    generateFiles(tree, join(import.meta.dirname, 'files', files), target, { ...names, tmpl: '' });
  write('source', `${PACKAGE}/src/${names.folder}`);
  write('test', `${PACKAGE}/test/${names.folder}`);
  write('docs', PAGES);
  list(tree, names);
  await formatFiles(tree);
  return () => logger.info(nextSteps(names));
}

/** Folders and pages are compared without case: many file systems do not tell them apart. */
function requireFree(tree: Tree, { folder, factory }: CredentialNames): void {
  const taken = [
    ...[`${PACKAGE}/src`, `${PACKAGE}/test`].filter((parent) => has(tree, parent, folder)),
    ...[PAGES].filter((parent) => has(tree, parent, `${folder}.md`)),
  ];
  const index = tree.read(`${PACKAGE}/src/index.ts`, 'utf8') ?? '';
  if (taken.length === 0 && !new RegExp(`\\b${factory}\\b`, 'i').test(index)) return;
  const where = taken.length === 0 ? `${PACKAGE}/src/index.ts` : taken.join(', ');
  throw new Error(`"${folder}" is taken: ${where} has it already. Choose another name. Nothing was changed.`);
}

function has(tree: Tree, parent: string, name: string): boolean {
  return tree.children(parent).some((child) => child.toLowerCase() === name);
}

/** Names the method wherever methods are listed. */
function list(tree: Tree, { factory, type, folder, file, title }: CredentialNames): void {
  const from = `./${folder}/${file}.js`;
  editFile(tree, `${PACKAGE}/src/index.ts`, (text) =>
    addExport(text, `export { ${factory}, type ${type}Options } from '${from}';\n`, from),
  );
  editFile(tree, `${PACKAGE}/README.md`, (text) =>
    addAfterLast(
      text,
      /^\| `fromOidcSource\(\)`/,
      `| \`${factory}()\` | an application, with a token of ${title} |`,
    ),
  );
  editFile(tree, `${PAGES}/README.md`, (text) =>
    text.replace(
      /^(\| an application that trusts somebody else .*?\S)\s*\|$/m,
      (_, row: string) => `${row}, [${title}](${folder}.md) |`,
    ),
  );
}

function nextSteps({ folder, file, title }: CredentialNames): string {
  return `
Next:
  1. Write what is special to ${title} in ${PACKAGE}/src/${folder}/${file}.ts, and its facts in ${PAGES}/${folder}.md.
  2. pnpm exec nx test @aml-auth/credentials ${folder}
  3. pnpm build && pnpm api:update, for the interface that reviewers read.
  4. .ci/run
`;
}

export default generateCredential;
