import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check, Finding } from '../check.ts';
import { DOCUMENTS } from '../docs/docs-check.ts';
import { allowedFigures, type AllowedFigure } from './allowed-figures.ts';
import { figureProblems, type Page } from './figure-problems.ts';
import { FIGURES_PAGE, figureRows } from './figures-page.ts';
import { proofProblems, readProofs } from './proof-problems.ts';
import { readProse } from './read-prose.ts';

/** Pages that programs write: what they say is asserted where they are written. */
const WRITTEN = new Set([FIGURES_PAGE, 'docs/cli-transcript.md', 'docs/errors.md', 'CHANGELOG.md']);

/** What the documentation claims in numbers can be shown again. */
export const figuresCheck: Check = {
  name: 'figures',
  promise: 'every figure of the documentation has a row that says how to get it, and no row is out of date',
  run: (root) => checkFigures(root, Object.values(allowedFigures).flat()),
};

/** @param allowed - figures that need no row */
export async function checkFigures(
  root: string,
  allowed: readonly AllowedFigure[],
): Promise<readonly Finding[]> {
  const pages: Page[] = [];
  for await (const file of glob([...DOCUMENTS], { cwd: root })) {
    if (WRITTEN.has(file)) continue;
    pages.push({ file, passages: readProse(await readFile(join(root, file), 'utf8')).passages });
  }
  const rows = figureRows(await readFile(join(root, FIGURES_PAGE), 'utf8'));
  const proofs = await readProofs(root);
  return [
    ...(rows.length === 0 ? [{ where: FIGURES_PAGE, what: 'it has no row' }] : []),
    ...figureProblems(
      pages.sort((a, b) => (a.file < b.file ? -1 : 1)),
      rows,
      allowed,
    ),
    ...rows.flatMap((row) =>
      proofProblems(row, proofs).map((what) => ({ where: `${FIGURES_PAGE}:${row.line}`, what })),
    ),
  ];
}
