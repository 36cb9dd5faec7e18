/** The part of markdown-it that is used. */
interface Parser {
  readonly renderer: { readonly rules: Record<string, (() => string) | undefined> };
}

/** Puts each table into a box that scrolls by itself, by keyboard too. */
export function wrapTables(parser: unknown): void {
  const { rules } = (parser as Parser).renderer;
  rules['table_open'] = () => '<div class="wide-table" tabindex="0" role="group" aria-label="Table"><table>';
  rules['table_close'] = () => '</table></div>';
}
