const EXPORT = /^export (?:type )?\{[^}]*\} from '([^']+)';\n/gm;

/**
 * The text of an `index.ts` with one more export, before the first one whose file comes after it by name.
 *
 * @param line - the whole export, which ends with a line end
 * @param from - the file that it names
 */
export function addExport(text: string, line: string, from: string): string {
  const next = [...text.matchAll(EXPORT)].find(([, file = '']) => file > from);
  return next === undefined ? text + line : text.slice(0, next.index) + line + text.slice(next.index);
}
