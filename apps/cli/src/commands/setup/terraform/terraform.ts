import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AmlAuthError, isGuid } from '@aml-auth/core';
import type { CliContext } from '../../../context.js';
import { loadSettings } from '../../../settings/load-settings.js';
import { mergeIntoFile, whole } from '../merge-into-file.js';
import type { SetupTerraformFlags } from './command.js';
import { hasProviderBlock, providerBlock, TERRAFORM_COMMAND } from './provider-block.js';

/** Runs `aml-auth setup terraform`. */
export async function terraform(context: CliContext, flags: SetupTerraformFlags): Promise<void> {
  const settings = await loadSettings(context);
  const subscription = flags.subscription ?? settings.subscription?.value;
  if (subscription === undefined || !isGuid(subscription)) throw noSubscription(subscription);
  const tenant = flags.tenant ?? settings.tenant?.value;
  const block = providerBlock({ subscription, tenant });
  const { stdout, stderr } = context.process;
  if (flags.file === undefined) stdout.write(block);
  else {
    const path = resolve(context.cwd, flags.file);
    await refuseSecond(path, block);
    await mergeIntoFile(context, flags, path, whole(block));
  }
  stderr.write(`${context.messages.say.runWith(TERRAFORM_COMMAND)}\n`);
}

/** Terraform allows one default block of a provider in all files of a folder. */
async function refuseSecond(path: string, block: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.tf') && one !== basename(path))) {
    if (!hasProviderBlock(await readFile(join(folder, name), 'utf8').catch(() => ''))) continue;
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `${join(folder, name)} has a provider block of azurerm already. Nothing was changed.`,
      remedy: `Put into it what is missing there:\n${block}`,
    });
  }
}

function noSubscription(found: string | undefined): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: found === undefined ? 'No subscription is given.' : `${found} is not the id of a subscription.`,
    remedy: 'Give --subscription, or set it once: aml-auth config set subscription <id>.',
  });
}
