import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import type { CliContext } from '../../../context.js';
import { shellWord } from '../../../output/shell-word.js';
import { mergeIntoFile } from '../merge-into-file.js';
import type { SetupKubectlFlags } from './command.js';
import { execUser, mergeUser } from './merge-user.js';

/** Runs `aml-auth setup kubectl`. */
export async function kubectl(context: CliContext, flags: SetupKubectlFlags): Promise<void> {
  const user = execUser(flags);
  const file = flags.file ?? (flags.write ? kubeconfigOf(context.process.env) : undefined);
  if (file === undefined) {
    context.process.stdout.write(mergeUser(undefined, user).text);
    return;
  }
  await mergeIntoFile(context, flags, file, (before) => mergeUser(before, user, file));
  const command = `kubectl config set-context --current --user=${shellWord(user.name)}`;
  context.process.stderr.write(`${context.messages.say.useUser(command)}\n`);
}

/** Where kubectl looks: with several files in `KUBECONFIG` it is not for us to choose. */
function kubeconfigOf(env: CliContext['process']['env']): string {
  const named = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  const [only, ...more] = named;
  if (more.length > 0) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `KUBECONFIG names ${named.length} files.`,
      remedy: 'Name one of them with --file.',
    });
  }
  return only ?? join(env['HOME'] ?? homedir(), '.kube', 'config');
}
