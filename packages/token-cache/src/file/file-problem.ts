import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';

/** The system's code of an error, such as `ENOENT`; an empty text where it has none. */
export function systemCode(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** A file or folder that could be used and must not be: not ours, open to others, or not what it should be. */
export function unsafePath(path: string, what: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message: `${path} ${what}.`, remedy });
}

/** A failure of the file system, without anything that was read or written. */
export function fileFailure(action: string, path: string, error: unknown): AmlAuthError {
  if (isAmlAuthError(error)) return error;
  return new AmlAuthError({
    code: 'AML_UNAVAILABLE',
    message: `Could not ${action} ${path}: ${systemCode(error) || 'unknown failure'}.`,
    remedy: 'Check the disk and the rights on the folder, or set AML_AUTH_CACHE_DIR to another one.',
  });
}
