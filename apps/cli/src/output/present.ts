import type { CliContext } from '../context.js';
import type { OutputFlags, OutputFormat } from './output-format.js';
import { printJson } from './print-json.js';
import { printable } from './printable.js';
import type { Cell } from './print-table.js';
import { queryResult } from './query-result.js';
import { toRows, type Rows } from './to-rows.js';

/** What people see of a result: a name and its value a line, or rows under headings, or the one above the other. */
export type View =
  | { readonly record: Readonly<Record<string, Cell>>; readonly rows?: undefined }
  | {
      readonly record?: Readonly<Record<string, Cell>>;
      readonly headings: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
    };

/**
 * Prints a result in the format that was asked for.
 *
 * @param value - the contract for programs: an object, with lists in it under a name of their own
 * @param view - what people see of it; made only where it is shown
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a bad `--query`
 */
export async function present(
  context: CliContext,
  { output, query }: OutputFlags,
  value: object,
  view: () => View,
): Promise<void> {
  if (query !== undefined) {
    const part = await queryResult(value, query);
    await print(context, output, part, () => asView(toRows(part)));
  } else {
    await print(context, output, value, view);
  }
}

async function print(
  { process: { stdout, stderr }, colour, messages }: CliContext,
  output: OutputFormat,
  value: unknown,
  view: () => View,
): Promise<void> {
  switch (output) {
    case 'none':
      return;
    case 'json':
      printJson(stdout, value);
      return;
    case 'jsonc': {
      const { colourJson } = await import('./colour-json.js');
      const json = JSON.stringify(value, undefined, 2);
      stdout.write(`${colour.stdout ? colourJson(json) : json}\n`);
      return;
    }
    case 'yaml': {
      const { stringify } = await import('yaml');
      // By way of JSON: what JSON leaves out is left out here too.
      stdout.write(stringify(JSON.parse(JSON.stringify(value))));
      return;
    }
    case 'tsv':
      for (const row of rowsOf(view())) stdout.write(`${row.map(field).join('\t')}\n`);
      return;
    case 'table': {
      const seen = view();
      await printView(stdout, seen);
      // Headings alone read as if something had been lost.
      if (
        seen.rows !== undefined &&
        seen.record === undefined &&
        seen.headings.length > 0 &&
        seen.rows.length === 0
      )
        stderr.write(`${messages.say.none()}\n`);
    }
  }
}

async function printView(stdout: CliContext['process']['stdout'], view: View): Promise<void> {
  const { printRecord, printTable } = await import('./print-table.js');
  if (view.record !== undefined) printRecord(stdout, view.record);
  if (view.rows === undefined) return;
  if (view.record !== undefined) stdout.write('\n');
  if (view.headings.length > 0) printTable(stdout, view.headings, view.rows);
  else for (const row of view.rows) stdout.write(`${row.map(field).join('  ')}\n`);
}

function asView({ headings, rows }: Rows): View {
  return { headings: headings ?? [], rows };
}

function rowsOf(view: View): readonly (readonly Cell[])[] {
  return view.rows ?? [Object.values(view.record)];
}

/** A tab or a line end within a value would make two of it. */
function field(value: Cell): string {
  return value === undefined || value === null ? '' : printable(String(value));
}
