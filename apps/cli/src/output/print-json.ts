import type { OutputStream } from '../context.js';

/** Prints the value as JSON with an indent of two, and a line end. */
export function printJson(stream: OutputStream, value: unknown): void {
  stream.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
