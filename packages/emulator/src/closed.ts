import { AmlAuthError } from '@aml-auth/core';

/**
 * `AML_UNAVAILABLE` after `close()`.
 *
 * @param what - it does no more, such as `writes no files`
 */
export function closed(what: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_UNAVAILABLE',
    message: `The emulator is closed: it ${what} any more.`,
    remedy: 'Do this before close(), or start another emulator.',
  });
}
