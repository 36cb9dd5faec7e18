import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { lintRoleJson } from '@aml-auth/permissions';
import type { CliContext } from '../../../context.js';
import { EXIT } from '../../../exit-code.js';
import type { OutputFlags } from '../../../output/output-format.js';
import { present } from '../../../output/present.js';

/** Runs `aml-auth role lint`. */
export async function lint(context: CliContext, flags: OutputFlags, file: string): Promise<void> {
  const text = file === '-' ? await context.readStdin() : await read(resolve(context.cwd, file));
  const findings = lintRoleJson(text);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  await present(context, flags, { valid: errors === 0, findings }, () => ({
    headings: ['severity', 'code', 'part', 'message'],
    rows: findings.map(({ severity, code, part, message }) => [severity, code, part, message]),
  }));
  if (errors > 0) context.process.exitCode = EXIT.usage;
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `${path} cannot be read (${code}).`,
      remedy: 'Give a JSON file with a role, or - for standard input.',
      cause,
    });
  }
}
