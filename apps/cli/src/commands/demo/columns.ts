/** Lines of a name and its value, the values aligned. What is undefined is left out. */
export function columns(record: Readonly<Record<string, string | undefined>>): string[] {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  const width = Math.max(...entries.map(([name]) => name.length)) + 2;
  return entries.map(([name, value = '']) => `${name.padEnd(width)}${value}`);
}
