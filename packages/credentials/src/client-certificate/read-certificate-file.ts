import { constants, open } from 'node:fs/promises';
import { AmlAuthError } from '@aml-auth/core';

/** A certificate with its chain has a few kilobytes. */
const MAX_BYTES = 1 << 20;
/** A pipe is opened without waiting for its other end, and then refused. Windows has no such flag. */
const OPEN = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/**
 * The bytes of the file, anew for every sign-in.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where it cannot be read, is no file, or is too large
 */
export async function readCertificateFile(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, OPEN);
    try {
      if (!(await file.stat()).isFile()) throw unreadable(path, 'is not a file', undefined);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_BYTES + 1), 0, MAX_BYTES + 1, 0);
      if (bytesRead > MAX_BYTES) throw unreadable(path, 'is too large for a certificate', undefined);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof AmlAuthError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw unreadable(path, `cannot be read (${code})`, error);
  }
}

function unreadable(path: string, problem: string, cause: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The certificate file ${path} ${problem}.`,
    remedy: 'Check the path and its permissions.',
    cause,
  });
}
