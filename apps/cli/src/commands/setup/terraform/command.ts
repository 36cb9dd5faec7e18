import { defineCommand } from '../../../define-command.js';
import { textFlag } from '../../../settings/text-flag.js';
import { setupFlags, type SetupFlags } from '../setup-flags.js';

/** Options of `aml-auth setup terraform`. */
export interface SetupTerraformFlags extends SetupFlags {
  readonly subscription?: string | undefined;
  readonly tenant?: string | undefined;
}

/** `aml-auth setup terraform`: the provider azurerm with tokens from here. */
export const setupTerraformCommand = defineCommand<SetupTerraformFlags>({
  brief: 'Let Terraform get its tokens from here',
  fullDescription:
    'Prints a provider block of azurerm for running under "aml-auth exec", and on standard error the command that runs it. With --file it is written to a new file; one that is there stays unless you say yes, and then a backup is kept. A folder that has such a block already is refused, as Terraform allows one.',
  examples: [
    'setup terraform --subscription 00000000-0000-0000-0000-000000000001',
    'setup terraform --file provider.tf',
  ],
  parameters: {
    flags: {
      subscription: textFlag(
        'Subscription id (default: AZUREML_ARM_SUBSCRIPTION, AZURE_SUBSCRIPTION_ID)',
        'guid',
      ),
      tenant: textFlag('Tenant id or domain (default: AZURE_TENANT_ID)', 'id|domain'),
      ...setupFlags,
    },
    aliases: { s: 'subscription', t: 'tenant' },
  },
  load: async () => (await import('./terraform.js')).terraform,
});
