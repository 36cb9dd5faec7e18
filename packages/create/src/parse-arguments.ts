import { parseArgs } from 'node:util';

/** What the command line says. */
export interface Arguments {
  /** The folder of the new app, which also names it. */
  readonly folder?: string | undefined;
  /** The name of a sample. */
  readonly sample?: string | undefined;
  /** Whether what is missing may be asked for. */
  readonly input: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

/** @throws {TypeError} for an option that does not exist, or a second folder */
export function parseArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowNegative: true,
    allowPositionals: true,
    options: {
      sample: { type: 'string', short: 's' },
      input: { type: 'boolean', default: true },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });
  const [folder, second] = positionals;
  if (second !== undefined) throw new TypeError(`One folder is enough: what is "${second}" for?`);
  return { folder, sample: values.sample, input: values.input, help: values.help, version: values.version };
}
