import { AmlAuthError } from '@aml-auth/core';

/**
 * The body of a request as JSON text; undefined where there is none.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function jsonOf(body: unknown): string | undefined {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The body of the request cannot be written as JSON.',
      remedy: 'Give a body of plain objects, lists, texts and numbers, without cycles.',
      cause,
    });
  }
}
