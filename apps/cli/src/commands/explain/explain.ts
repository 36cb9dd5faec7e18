import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AmlAuthError, redact } from '@aml-auth/core';
import type { CliContext } from '../../context.js';
import type { OutputFlags } from '../../output/output-format.js';
import { present } from '../../output/present.js';
import { explainText } from './explain-text.js';

/** Longer texts are logs, and not errors. */
const MAX_BYTES = 1_048_576;

/** Runs `aml-auth explain`. */
export async function explain(
  context: CliContext,
  flags: OutputFlags,
  ...words: readonly string[]
): Promise<void> {
  const text = await textOf(context, words);
  const found = explainText(text);
  if (found.length === 0) throw unknownError(text);
  await present(context, flags, { findings: found }, () => ({
    headings: [],
    rows: found.flatMap(({ lines }) => lines.map((line) => [redact(line)])),
  }));
}

function unknownError(text: string): AmlAuthError {
  const [code, digits] = /\bAADSTS(\d{4,10})\b/i.exec(text) ?? [];
  const isNumber = code !== undefined && digits !== undefined;
  return new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: isNumber
      ? `${code.toUpperCase()} is not among the errors that are explained here.`
      : 'There is no error in the text that is known here.',
    remedy: isNumber
      ? `Look the number ${digits} up at https://login.microsoftonline.com/error, or give the whole message.`
      : 'Give the whole message, with its code such as AuthorizationFailed or AADSTS7000215.',
  });
}

async function textOf(context: CliContext, words: readonly string[]): Promise<string> {
  const [first = '', another] = words;
  if (another !== undefined) return words.join(' ');
  if (first === '-') return context.readStdin();
  const path = resolve(context.cwd, first);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return first;
  if (found.size <= MAX_BYTES) return readFile(path, 'utf8');
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${path} is larger than a megabyte.`,
    remedy: 'Give the part of it with the error.',
  });
}
