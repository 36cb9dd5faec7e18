/**
 * The text with another line among those that fit, before the first of them that comes after it; undefined where none
 * fits.
 *
 * @param line - without its line end
 */
export function addSorted(text: string, fits: RegExp, line: string): string | undefined {
  const lines = text.split('\n');
  const next = lines.findIndex((one) => fits.test(one) && one > line);
  if (next !== -1) return lines.toSpliced(next, 0, line).join('\n');
  const last = lines.findLastIndex((one) => fits.test(one));
  return last === -1 ? undefined : lines.toSpliced(last + 1, 0, line).join('\n');
}
