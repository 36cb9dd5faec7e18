import { open, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { AmlAuthError } from '@aml-auth/core';

/**
 * Writes a text to a file that an option names, in one step, and for this user alone where no other mode is given.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where it cannot be written
 */
export async function writeOwnText(path: string, text: string, mode = 0o600): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      if (mode !== 0o600) await file.chmod(mode);
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `${path} cannot be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      remedy: 'Give a path in a folder that you may write to, on a disk with space left.',
      cause,
    });
  }
}
