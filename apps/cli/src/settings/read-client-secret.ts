import { AmlAuthError } from '@aml-auth/core';
import { builtins } from '../files/builtins.js';

/** Where a client secret can come from. */
export interface SecretSource {
  /** Path of a file, or `-` for standard input. */
  readonly file: string | undefined;
  /** The value of `AZURE_CLIENT_SECRET`. */
  readonly variable: string | undefined;
  readonly readStdin: () => Promise<string>;
}

/**
 * The client secret, without the line end that editors and `echo` leave behind it. Undefined where
 * no source is named. A secret never comes from a flag: arguments are seen by everybody on the machine.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the named source cannot be read or is empty
 */
export async function readClientSecret(source: SecretSource): Promise<string | undefined> {
  if (source.file === undefined) return source.variable === '' ? undefined : source.variable;
  const secret = withoutLineEnd(await read(source.file, source.readStdin));
  if (secret !== '') return secret;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `There is no client secret in ${nameOf(source.file)}.`,
    remedy: 'Write the value of the secret into it, on one line.',
  });
}

async function read(file: string, readStdin: () => Promise<string>): Promise<string> {
  if (file === '-') return readStdin();
  try {
    return await builtins.fsPromises.readFile(file, 'utf8');
  } catch (error) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The client secret file ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      remedy: 'Check the path and its permissions, or give - to read standard input.',
      cause: error,
    });
  }
}

function withoutLineEnd(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}
