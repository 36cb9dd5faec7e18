import { AmlAuthError } from '@aml-auth/core';
import type { CliContext } from '../../../context.js';
import { mergeIntoFile } from '../merge-into-file.js';
import type { SetupVscodeFlags } from './command.js';
import { VSCODE_FILES } from './vscode-files.js';

/** Runs `aml-auth setup vscode`. */
export async function vscode(context: CliContext, flags: SetupVscodeFlags): Promise<void> {
  const { path, content } = VSCODE_FILES[flags.part];
  const text = `${JSON.stringify(content, undefined, 2)}\n`;
  const file = flags.file ?? (flags.write ? path : undefined);
  if (file === undefined) {
    context.process.stdout.write(text);
    return;
  }
  await mergeIntoFile(context, { yes: false }, file, (before) => {
    if (before === undefined || before === text) return { text };
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `${file} is there already, and may have comments that a merge would lose. Nothing was changed.`,
      remedy: `Put into it what is missing there:\n${text}`,
    });
  });
}
