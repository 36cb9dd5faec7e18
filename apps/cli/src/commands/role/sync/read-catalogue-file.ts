import { readFile } from 'node:fs/promises';
import { AmlAuthError } from '@aml-auth/core';
import { parseCatalogueFile, type CatalogueFile } from '../catalogue-file.js';

/**
 * The catalogue in a file, of any size; undefined where there is no file.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a file that cannot be read, and for one that is no catalogue
 */
export async function readCatalogueFile(path: string): Promise<CatalogueFile | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `${path} cannot be read (${code}).`,
      remedy: 'Give the path of a file that you may read and write, or of none.',
      cause,
    });
  }
  return parseCatalogueFile(text.replace(/^\ufeff/, ''), path);
}
