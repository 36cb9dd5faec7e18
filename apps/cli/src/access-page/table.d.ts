import type { PageIndex } from './view.js';

export interface PageRow {
  readonly id: string;
  readonly access: string;
  readonly cells: readonly string[];
}
export function tableRows(index: PageIndex, seen: ReadonlySet<string>): readonly PageRow[];
export function sortRows(
  rows: readonly PageRow[],
  sort: { readonly column: number; readonly descending: boolean },
  language: string,
): readonly PageRow[];
