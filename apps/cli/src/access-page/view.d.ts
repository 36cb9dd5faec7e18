import type { AccessGraphData, GraphAccess } from '../access-graph/graph-data.js';
import type { PageTexts } from '../access-graph/page-texts.js';

export interface PageNode {
  readonly id: string;
  readonly column: number;
  readonly kind: string;
  readonly item: Readonly<Record<string, unknown>>;
  readonly ids?: readonly string[];
  readonly isBundle?: boolean;
}
export interface PageEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
}
export interface PageIndex {
  readonly nodes: ReadonlyMap<string, PageNode>;
  readonly out: ReadonlyMap<string, readonly PageEdge[]>;
  readonly into: ReadonlyMap<string, readonly PageEdge[]>;
  readonly nameOf: (id: string) => string;
  readonly assignments: ReadonlyMap<string, { readonly access: GraphAccess; readonly principal: string }>;
}
export interface PageView {
  readonly nodes: readonly PageNode[];
  readonly edges: readonly PageEdge[];
  readonly seen: ReadonlySet<string>;
  readonly matches: ReadonlySet<string>;
}
export function indexGraph(graph: AccessGraphData, texts: PageTexts): PageIndex;
export function pathsThrough(index: PageIndex, starts: readonly string[]): ReadonlySet<string>;
export function viewOf(
  index: PageIndex,
  wishes?: { query?: string; hidden?: ReadonlySet<string>; expanded?: ReadonlySet<string> },
): PageView;
