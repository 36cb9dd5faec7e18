import type { PageEdge, PageIndex, PageView } from './view.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface PageSizes {
  readonly widths: readonly number[];
  readonly gap: number;
}
export interface PageLayout {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly lines: readonly (PageEdge & { readonly path: string })[];
  readonly width: number;
  readonly height: number;
}
export function layoutOf(view: PageView, index: PageIndex, sizes?: PageSizes): PageLayout;
export function sizesFor(available: number): PageSizes;
export function near(
  rows: readonly (readonly [string, number | undefined, number])[],
  sizes: { readonly top: number; readonly rowGap: number },
): readonly (readonly [string, number, number])[];
