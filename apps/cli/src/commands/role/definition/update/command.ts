import { defineCommand } from '../../../../define-command.js';
import { outputFlags } from '../../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../../settings/sign-in-flags.js';
import { roleFileArgument } from '../definition-flags.js';

/** `aml-auth role definition update`. */
export const definitionUpdateCommand = defineCommand<DataFlags, [string]>({
  brief: 'Make a custom role what a file says',
  fullDescription:
    'Finds it by the id in the file, else by its name. Lists are replaced. With -o json the role as it was stands in "before". It takes 15 minutes to an hour to be in effect.',
  examples: ['role definition update role.json'],
  parameters: {
    flags: { ...signInFlags, ...outputFlags },
    aliases: { o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [roleFileArgument] },
  },
  load: async () => (await import('./update.js')).update,
});
