import stringWidth from 'string-width';

/** Lines of a name and its value, the values aligned, Hangul too. What is undefined or empty is left out. */
export function columns(record: Readonly<Record<string, string | undefined>>): string[] {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(...entries.map(([name]) => stringWidth(name))) + 2;
  return entries.map(([name, value = '']) => `${name}${' '.repeat(width - stringWidth(name))}${value}`);
}
