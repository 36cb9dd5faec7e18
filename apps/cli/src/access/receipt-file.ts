import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { parseAccessReceipt, type AccessReceipt } from '@aml-auth/rbac';
import type { CliContext } from '../context.js';
import { writeOwnFile } from '../files/write-own-file.js';
import { readJsonText } from '../files/read-json-text.js';

/** A file that is written before the first change and after each one. */
export interface ReceiptFile {
  /** Absolute. */
  readonly path: string;
  readonly write: (receipt: AccessReceipt) => Promise<void>;
}

/**
 * The file for a receipt. One that is there is not written over: it may be what takes an earlier change back.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the file is there
 */
export async function newReceiptFile(
  folder: string,
  name: string | undefined,
): Promise<ReceiptFile | undefined> {
  if (name === undefined) return undefined;
  const path = resolve(folder, name);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `${path} is there already.`,
      remedy: 'Give another path: what is there may be the receipt of an earlier change.',
    });
  }
  return { path, write: (receipt) => writeOwnFile(path, receipt) };
}

/**
 * The receipt in a file; `-` is standard input.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a file that cannot be read or holds no receipt
 */
export async function readReceipt(context: CliContext, name: string): Promise<AccessReceipt> {
  const what = 'Give the file that --receipt of the change has written.';
  return parseAccessReceipt(await readJsonText(context, name, what));
}
