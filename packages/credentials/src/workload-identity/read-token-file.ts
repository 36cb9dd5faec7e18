import { AmlAuthError } from '@aml-auth/core';
import { parseAssertion } from '../client-assertion/parse-assertion.js';
import { builtins } from '../lib/builtins.js';

/** Token files have a few kilobytes. */
const MAX_BYTES = 64 * 1024;

/**
 * The signed token in the file. A link is followed: Kubernetes projects tokens through links.
 *
 * @throws {AmlAuthError} `AML_UNAVAILABLE` (a chain goes on) where there is no such file;
 *   `AML_CONFIG_INVALID` where it cannot be read, is no file, is too large, or holds no token
 */
export async function readTokenFile(path: string): Promise<string> {
  return parseAssertion(await readTokenFileText(path), path);
}

/**
 * The text of such a file, whatever it is.
 *
 * @throws {AmlAuthError} as {@link readTokenFile}, but for a text that is no token
 */
export async function readTokenFileText(path: string): Promise<string> {
  try {
    const { constants, open } = builtins.fsPromises;
    // A pipe is opened without waiting for its other end, and then refused. Windows has no such flag.
    const noWait = (constants.O_NONBLOCK as number | undefined) ?? 0;
    const file = await open(path, constants.O_RDONLY | noWait);
    try {
      const stats = await file.stat();
      // Reading a folder fails by itself.
      if (!stats.isFile() && !stats.isDirectory()) throw unreadable(path, 'is not a file', undefined);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_BYTES + 1), 0, MAX_BYTES + 1, 0);
      if (bytesRead > MAX_BYTES) throw unreadable(path, 'is too large for a token', undefined);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof AmlAuthError) throw error;
    throw unreadable(path, `cannot be read (${code})`, error);
  }
}

function unreadable(path: string, problem: string, cause: unknown): AmlAuthError {
  const missing = (cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  return new AmlAuthError({
    code: missing ? 'AML_UNAVAILABLE' : 'AML_CONFIG_INVALID',
    message: `The token file ${path} ${problem}.`,
    remedy: 'Check AZURE_FEDERATED_TOKEN_FILE and the volume that the platform mounts there.',
    cause,
  });
}
