import type { Finding } from '../check.ts';
import type { AllowedFigure } from './allowed-figures.ts';
import { FIGURES_PAGE, type FigureRow } from './figures-page.ts';
import { findFigures } from './find-figures.ts';
import type { Passage } from './read-prose.ts';

/** A page, with what it says. */
export interface Page {
  readonly file: string;
  readonly passages: readonly Passage[];
}

/** Figures without a row, rows without a figure that is said, and allowances that nothing needs. */
export function figureProblems(
  pages: readonly Page[],
  rows: readonly FigureRow[],
  allowed: readonly AllowedFigure[],
): readonly Finding[] {
  const said = new Map(pages.map((page) => [page.file, saidBy(page)]));
  return [
    ...pages.flatMap((page) => unknownFigures(page, rows, allowed)),
    ...rows.flatMap((row) =>
      staleParts(row, said).map((what) => ({ where: `${FIGURES_PAGE}:${row.line}`, what })),
    ),
    ...allowed
      .filter(({ page, figure }) => said.get(page)?.figures.has(figure) !== true)
      .map(({ page, figure }) => ({ where: page, what: `"${figure}" is allowed, and not said there` })),
  ];
}

interface Said {
  readonly figures: ReadonlySet<string>;
  readonly text: string;
}

function saidBy({ passages }: Page): Said {
  return {
    figures: new Set(passages.flatMap(({ text }) => findFigures(text).map(({ figure }) => figure))),
    text: passages.map(({ text }) => text).join('\n'),
  };
}

function unknownFigures(
  { file, passages }: Page,
  rows: readonly FigureRow[],
  allowed: readonly AllowedFigure[],
): readonly Finding[] {
  const known = new Set([
    ...rows.filter(({ pages }) => pages.includes(file)).flatMap(({ figures }) => figures),
    ...allowed.filter(({ page }) => page === file).map(({ figure }) => figure),
  ]);
  return passages.flatMap(({ text, line }) =>
    findFigures(text)
      .filter(({ figure }) => !known.has(figure))
      .map(({ figure }) => ({ where: `${file}:${line}`, what: `no row of ${FIGURES_PAGE} has "${figure}"` })),
  );
}

function staleParts(
  { figures, quotes, pages }: FigureRow,
  said: ReadonlyMap<string, Said>,
): readonly string[] {
  if (figures.length + quotes.length === 0) return ['the row states no figure, and quotes none'];
  if (pages.length === 0) return ['the row links no page that says it'];
  const has = (page: string, part: string, quoted: boolean): boolean => {
    const its = said.get(page);
    return its !== undefined && (quoted ? its.text.includes(part) : its.figures.has(part));
  };
  const parts = [
    ...figures.map((part) => ({ part, quoted: false })),
    ...quotes.map((part) => ({ part, quoted: true })),
  ];
  return [
    ...parts
      .filter(({ part, quoted }) => !pages.some((page) => has(page, part, quoted)))
      .map(({ part }) => `none of its pages says "${part}"`),
    ...pages
      .filter((page) => !parts.some(({ part, quoted }) => has(page, part, quoted)))
      .map((page) => `${page} says nothing of the row`),
  ];
}
