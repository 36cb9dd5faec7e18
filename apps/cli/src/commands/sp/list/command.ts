import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { textFlag } from '../../../settings/text-flag.js';

/** Options of `aml-auth sp list`. */
export interface SpListFlags extends DataFlags {
  readonly displayName?: string | undefined;
  readonly filter?: string | undefined;
}

/** `aml-auth sp list`. */
export const spListCommand = defineCommand<SpListFlags>({
  brief: 'List the service principals of the tenant',
  fullDescription: 'There are hundreds in any tenant, most of them those of Microsoft.',
  examples: ['sp list --display-name ml-', 'sp list -o tsv --query "servicePrincipals[].appId"'],
  parameters: {
    flags: {
      displayName: textFlag('Only those whose name begins so', 'text'),
      filter: textFlag('OData filter of Microsoft Graph', 'filter'),
      ...signInFlags,
      ...outputFlags,
    },
    aliases: { o: 'output', t: 'tenant' },
  },
  load: async () => (await import('./list.js')).list,
});
