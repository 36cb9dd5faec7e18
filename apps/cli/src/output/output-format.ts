/** How a command prints its result. */
export type OutputFormat = 'json' | 'table';

/** The flag `--output`, `-o`, of commands that print data. */
export const outputFlag = {
  kind: 'enum',
  values: ['json', 'table'],
  default: 'table',
  brief: 'How to print the result',
} as const;
