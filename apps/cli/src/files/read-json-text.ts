import { AmlAuthError } from '@aml-auth/core';
import type { CliContext } from '../context.js';
import { readTextFile } from './read-text-file.js';

/**
 * The JSON in a file that an option names; `-` is standard input.
 *
 * @param remedy - what is said where it cannot be read
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export async function readJsonText(
  context: Pick<CliContext, 'cwd' | 'readStdin'>,
  name: string,
  remedy: string,
): Promise<unknown> {
  const text = await readTextFile(context, name, remedy);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AmlAuthError({ code: 'AML_CONFIG_INVALID', message: `${name} is not JSON.`, remedy, cause });
  }
}
