import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Check, Finding } from '../check.ts';
import { commandProblems } from './command-problems.ts';
import { dataProblems } from './data-problems.ts';
import { ERRORS_PAGE, errorsPage } from './errors-page.ts';
import { languageProblems } from './language-problems.ts';
import { linkProblems } from './link-problems.ts';
import { readDocument } from './read-document.ts';
import { quotedCommands } from './quoted-commands.ts';
import { translationProblems } from './translation-problems.ts';
import { typeProblems } from './type-problems.ts';

/** The documentation: the guides, and the README of each project. */
export const DOCUMENTS: readonly string[] = ['*.md', 'docs/**/*.md', '{packages,apps,tools}/*/README.md'];

/** The documentation is true as far as a program can tell. */
export const docsCheck: Check = {
  name: 'docs',
  promise: 'code in the documentation compiles, commands exist, links lead somewhere',
  run: async (root) => [
    ...(await checkDocuments(root, resolve(import.meta.dirname, '../..'))),
    ...(await staleErrorsPage(root)),
    ...(await wrongRemedies(root)),
  ],
};

/** @param modulesOf - a folder whose node_modules has the packages that documents may import */
export async function checkDocuments(root: string, modulesOf: string): Promise<readonly Finding[]> {
  const files: string[] = [];
  for await (const file of glob([...DOCUMENTS], { cwd: root })) files.push(file);
  const documents = await Promise.all(files.sort().map((file) => readDocument(root, file)));
  const findings: Finding[] = [];
  for (const document of documents) {
    findings.push(
      ...dataProblems(document),
      ...languageProblems(document),
      ...(await linkProblems(root, document)),
      ...(await commandProblems(root, document)),
    );
  }
  findings.push(...translationProblems(documents));
  return [...findings, ...(await typeProblems(documents, modulesOf))];
}

/** The page of error codes must be what the code says now. */
export async function staleErrorsPage(root: string): Promise<readonly Finding[]> {
  const file = join(root, ERRORS_PAGE);
  const present = existsSync(file) ? await readFile(file, 'utf8') : '';
  if (present === errorsPage()) return [];
  return [{ where: ERRORS_PAGE, what: 'is not what the code says; make it anew with "pnpm errors-page"' }];
}

/** Remedies tell people to run commands, in quotation marks: those of `aml-auth` must exist. */
export async function wrongRemedies(root: string): Promise<readonly Finding[]> {
  if (!existsSync(join(root, ERRORS_PAGE))) return [];
  const document = await readDocument(root, ERRORS_PAGE);
  const blocks = quotedCommands(await readFile(join(root, ERRORS_PAGE), 'utf8'));
  return commandProblems(root, { ...document, blocks });
}
