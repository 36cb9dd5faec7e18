import { defineCommand } from '../../../define-command.js';
import { textArgument } from '../../../settings/text-flag.js';

/** Options of `aml-auth config set` and `unset`. */
export interface ConfigSetFlags {
  readonly project: boolean;
}

/** Whose file is written. */
export const projectFlag = {
  kind: 'boolean',
  default: false,
  withNegated: false,
  brief: 'In the .aml-auth.json of this folder instead of your own settings',
} as const;

/** `aml-auth config set`: sets something once. */
export const configSetCommand = defineCommand<ConfigSetFlags, [string, string]>({
  brief: 'Set something once instead of with every command',
  fullDescription:
    'The names are account, tenant, subscription, resourceGroup, workspace, cloud and lang. No secret and no path can be set.',
  examples: ['config set workspace ml', 'config set resourceGroup rg-ml --project', 'config set lang ko'],
  parameters: {
    flags: { project: projectFlag },
    positional: {
      kind: 'tuple',
      parameters: [textArgument('Name of the setting', 'name'), textArgument('Its value', 'value')],
    },
  },
  load: async () => (await import('./set.js')).set,
});
