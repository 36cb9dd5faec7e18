import { toAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import type { ErrorFormat } from './output/format-error.js';

/** An error on its way out of a command, with the format in which it is to be shown. */
export class CommandFailure extends Error {
  readonly error: AmlAuthError;
  readonly format: ErrorFormat;

  constructor(error: unknown, format: ErrorFormat) {
    const known = toAmlAuthError(error);
    super(known.message, { cause: error });
    this.error = known;
    this.format = format;
  }
}
