import type { Cell } from './print-table.js';

/** A value of unknown shape, as the rows of a table. */
export interface Rows {
  /** Undefined where the values have no names. */
  readonly headings: readonly string[] | undefined;
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * The rows that a part of a result makes, as the Azure CLI makes them: one for each element of a list, one for an
 * object, one cell for a single value. What is nested in a cell is JSON.
 */
export function toRows(value: unknown): Rows {
  const items: readonly unknown[] = Array.isArray(value) ? value : value === null ? [] : [value];
  const objects = items.filter(isObject);
  if (items.length === 0 || objects.length < items.length) {
    return {
      headings: undefined,
      rows: items.map((item) => (Array.isArray(item) ? item : [item]).map(cell)),
    };
  }
  const headings = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return { headings, rows: objects.map((object) => headings.map((name) => cell(object[name]))) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cell(value: unknown): Cell {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}
