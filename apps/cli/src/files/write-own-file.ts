import { AmlAuthError } from '@aml-auth/core';
import { writeJsonFile } from './json-file.js';

/**
 * Writes JSON to a file that an option names, for this user alone and in one step.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where it cannot be written
 */
export async function writeOwnFile(path: string, value: object): Promise<void> {
  try {
    await writeJsonFile(path, value);
  } catch (cause) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `${path} cannot be written.`,
      remedy: 'Give a path in a folder that you may write to, on a disk with space left.',
      cause,
    });
  }
}
