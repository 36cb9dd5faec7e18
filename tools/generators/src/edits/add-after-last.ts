/**
 * The text with another line after the last one that fits; undefined where none does.
 *
 * @param line - without its line end
 */
export function addAfterLast(text: string, fits: RegExp, line: string): string | undefined {
  const lines = text.split('\n');
  const at = lines.findLastIndex((one) => fits.test(one));
  return at === -1 ? undefined : lines.toSpliced(at + 1, 0, line).join('\n');
}
