import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';

/** Options of `aml-auth ca list`. */
export interface CaListFlags extends DataFlags {
  readonly all: boolean;
}

/** `aml-auth ca list`. */
export const caListCommand = defineCommand<CaListFlags>({
  brief: 'List the Conditional Access policies that reach Azure Machine Learning',
  fullDescription:
    'Needs Policy.Read.All of Microsoft Graph. Those of which only the directory can tell are listed too.',
  examples: ['ca list', 'ca list --all -o json'],
  parameters: {
    flags: {
      all: { kind: 'boolean', default: false, withNegated: false, brief: 'Also those that do not reach it' },
      ...signInFlags,
      ...outputFlags,
    },
    aliases: { o: 'output', t: 'tenant' },
  },
  load: async () => (await import('./list.js')).list,
});
