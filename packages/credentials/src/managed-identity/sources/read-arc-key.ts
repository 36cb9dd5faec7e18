import { basename, join } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { builtins } from '../../lib/builtins.js';

const FOLDER = '/var/opt/azcmagent/tokens';
const MAX_BYTES = 4096;

/**
 * The content of the key file that a challenge of the Azure Arc agent names. A server on the machine
 * must not make this program open any file: only a plain `.key` file directly in the agent's own folder
 * is read, never through a link, and at most 4,096 bytes.
 *
 * @param challenge - the value of `WWW-Authenticate`: `Basic realm=<path>`
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` for any other path, `AML_UNAVAILABLE` where it cannot be read
 */
export async function readArcKey(challenge: string): Promise<string> {
  const path = /^Basic realm=(.+)$/i.exec(challenge.trim())?.[1] ?? '';
  const name = basename(path);
  if (path !== join(FOLDER, name) || !/^[\w-]+\.key$/.test(name)) {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: 'The Azure Arc agent named a key file outside its folder; it was not read.',
      remedy: 'Check what listens at IDENTITY_ENDPOINT.',
    });
  }
  try {
    const { constants, open } = builtins.fsPromises;
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const stats = await file.stat();
      if (!stats.isFile() || stats.size > MAX_BYTES) throw new Error('not a small plain file');
      return (await file.readFile('utf8')).trim();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new AmlAuthError({
      code: 'AML_UNAVAILABLE',
      message: `The key file ${path} of the Azure Arc agent cannot be read.`,
      remedy: 'Add the user of this program to the group himds, and sign it in anew.',
      cause,
    });
  }
}
