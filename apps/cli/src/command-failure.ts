import { toAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import type { OutputFormat } from './output/output-format.js';

/** An error on its way out of a command, with the format in which it is to be shown. */
export class CommandFailure extends Error {
  readonly error: AmlAuthError;
  readonly format: OutputFormat;

  constructor(error: unknown, format: OutputFormat) {
    const known = toAmlAuthError(error);
    super(known.message, { cause: error });
    this.error = known;
    this.format = format;
  }
}
