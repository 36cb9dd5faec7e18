/** How a command prints its result. */
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Every {@link OutputFormat}, named as the Azure CLI names them; `jsonc` is JSON with colours on a terminal. */
export const OUTPUT_FORMATS = ['json', 'jsonc', 'table', 'tsv', 'yaml', 'none'] as const;

/** The flags of a command that prints data. */
export interface OutputFlags {
  readonly output: OutputFormat;
  /** A JMESPath expression over the JSON result. */
  readonly query?: string | undefined;
}

/** How {@link OutputFlags} are parsed. */
export const outputFlags = {
  output: {
    kind: 'enum',
    values: OUTPUT_FORMATS,
    default: 'table',
    brief: 'How to print the result; json is for programs',
  },
  query: {
    kind: 'parsed',
    parse: (value: string): string => value,
    optional: true,
    brief: 'Print only this part of the JSON result (JMESPath)',
    placeholder: 'expression',
  },
} as const;

/** The flag `--output` of commands whose table is no table: lines of a shell, or JSON. */
export const linesOrJsonFlag = {
  kind: 'enum',
  values: ['json', 'table'],
  default: 'table',
  brief: 'How to print the result; json is for programs',
} as const;
