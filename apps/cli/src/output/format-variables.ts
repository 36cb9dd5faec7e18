/** How environment variables are written for a program to read. */
export type VariableFormat = 'sh' | 'powershell' | 'json';

/** Every {@link VariableFormat}. */
export const VARIABLE_FORMATS = ['sh', 'powershell', 'json'] as const;

const LINES: Readonly<Record<Exclude<VariableFormat, 'json'>, (name: string, value: string) => string>> = {
  // Single quotes keep every other character as it is.
  sh: (name, value) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
  powershell: (name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`,
};

/** The variables, a line each, or as one JSON object. */
export function formatVariables(variables: Readonly<Record<string, string>>, format: VariableFormat): string {
  if (format === 'json') return `${JSON.stringify(variables, undefined, 2)}\n`;
  return Object.entries(variables)
    .map(([name, value]) => `${LINES[format](name, value)}\n`)
    .join('');
}
