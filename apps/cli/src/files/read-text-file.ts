import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import type { CliContext } from '../context.js';

/**
 * The text of a file that an option names; `-` is standard input. Without a byte order mark.
 *
 * @param remedy - what is said where it cannot be read
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export async function readTextFile(
  { cwd, readStdin }: Pick<CliContext, 'cwd' | 'readStdin'>,
  name: string,
  remedy: string,
): Promise<string> {
  if (name === '-') return withoutMark(await readStdin());
  const path = resolve(cwd, name);
  try {
    return withoutMark(await readFile(path, 'utf8'));
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    const message = `${path} cannot be read (${code}).`;
    throw new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy, cause });
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, '');
}
