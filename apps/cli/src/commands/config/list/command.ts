import { defineCommand } from '../../../define-command.js';
import { outputFlags, type OutputFlags } from '../../../output/output-format.js';

/** Options of `aml-auth config list`. */
export interface ConfigListFlags extends OutputFlags {
  readonly showOrigin: boolean;
}

/** `aml-auth config list`: the settings that hold here. */
export const configListCommand = defineCommand<ConfigListFlags>({
  brief: 'List the settings that hold here',
  fullDescription:
    'Variables count more than the .aml-auth.json of the project, and that counts more than your own settings. A project may name an account, a tenant, a subscription, a resource group and a workspace, and nothing else.',
  examples: ['config list --show-origin', 'config list -o json --query settings.workspace'],
  parameters: {
    flags: {
      showOrigin: { kind: 'boolean', default: false, withNegated: false, brief: 'Show who says so' },
      ...outputFlags,
    },
    aliases: { o: 'output' },
  },
  load: async () => (await import('./list.js')).list,
});
