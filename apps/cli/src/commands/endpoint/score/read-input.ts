import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import type { CliContext } from '../../../context.js';

/** Where the input of an endpoint comes from, and what it is. */
export interface InputSource {
  /** Path of a file, or `-` for standard input. */
  readonly file: string | undefined;
  readonly data: string | undefined;
  readonly contentType: string | undefined;
}

/**
 * The bytes for an endpoint. JSON is looked at before it is sent: a container says little of what it cannot read.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for no input, two of them, one that cannot be read, or no JSON
 */
export async function readInput(
  context: Pick<CliContext, 'cwd' | 'readStdin'>,
  source: InputSource,
): Promise<Uint8Array> {
  const { file, data, contentType } = source;
  if ((file === undefined) === (data === undefined)) {
    throw invalid(
      file === undefined ? 'The input for the endpoint is not given.' : 'The input is given twice.',
    );
  }
  const bytes = data === undefined ? await read(context, file ?? '-') : encode(data);
  if (contentType === undefined || /\bjson\b/i.test(contentType)) requireJson(bytes);
  return bytes;
}

async function read(
  { cwd, readStdin }: Pick<CliContext, 'cwd' | 'readStdin'>,
  file: string,
): Promise<Uint8Array> {
  if (file === '-') return encode(await readStdin());
  const path = resolve(cwd, file);
  try {
    return await readFile(path);
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    throw invalid(`${path} cannot be read (${code}).`, cause);
  }
}

function requireJson(bytes: Uint8Array): void {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The input for the endpoint is not JSON.',
      remedy: 'Correct it, or say what it is with --content-type.',
      cause,
    });
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function invalid(message: string, cause?: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message,
    remedy: 'Give a file, - for standard input, or --data, and one of them only.',
    cause,
  });
}
