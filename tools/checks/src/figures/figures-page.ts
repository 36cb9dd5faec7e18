import { posix } from 'node:path';
import { findFigures } from './find-figures.ts';
import { readProse } from './read-prose.ts';

/** The page that has every figure, from the root of the repository. */
export const FIGURES_PAGE = 'docs/figures.md';

/** One row of it. */
export interface FigureRow {
  readonly line: number;
  readonly figures: readonly string[];
  /** Words in quotes: a figure that has no unit, as a page says it. */
  readonly quotes: readonly string[];
  /** The pages that say it, from the root of the repository. */
  readonly pages: readonly string[];
  /** Each of the commands that show it again. */
  readonly commands: readonly string[];
  /** What they show: titles of rows of the bench, or paths of files. */
  readonly titles: readonly string[];
  readonly files: readonly string[];
}

/** The rows of all tables of the page. */
export function figureRows(markdown: string): readonly FigureRow[] {
  return readProse(markdown)
    .tables.flat()
    .map(({ cells, links, code, line }) => {
      const [figure = '', , , shown = ''] = cells;
      return {
        line,
        figures: findFigures(figure.replaceAll(/"[^"]*"/g, ' ')).map((found) => found.figure),
        quotes: [...figure.matchAll(/"([^"]+)"/g)].map(([, words = '']) => words),
        pages: (links[1] ?? []).map(fromRoot),
        commands: code[2] ?? [],
        titles:
          (links[3] ?? []).length > 0
            ? []
            : shown
                .split(';')
                .map((title) => title.trim())
                .filter(Boolean),
        files: (links[3] ?? []).map(fromRoot),
      };
    });
}

function fromRoot(url: string): string {
  return posix.join(posix.dirname(FIGURES_PAGE), url.replace(/#.*$/, ''));
}
