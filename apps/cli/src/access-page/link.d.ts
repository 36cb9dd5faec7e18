export interface LinkState {
  readonly query: string;
  readonly hidden: ReadonlySet<string>;
  readonly mode: string;
  readonly sort: { readonly column: number; readonly descending: boolean };
  readonly chosen: string | undefined;
}
export function hashOf(state: LinkState, usual: { readonly mode: string }): string;
export function stateOf(
  hash: string,
  usual: { readonly mode: string },
  page: { readonly kinds: readonly string[]; readonly has: (id: string) => boolean },
): LinkState;
