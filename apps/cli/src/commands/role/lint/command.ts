import { defineCommand } from '../../../define-command.js';
import { outputFlags, type OutputFlags } from '../../../output/output-format.js';
import { textArgument } from '../../../settings/text-flag.js';

/** `aml-auth role lint`: what is wrong with a role in a file. */
export const roleLintCommand = defineCommand<OutputFlags, [string]>({
  brief: 'Say what is wrong with a custom role before it is made',
  fullDescription:
    'Reads the JSON of the Azure CLI or of the Azure Resource Manager. Finds what Azure refuses, what has no effect, and what gives more away than it seems. Ends with 2 where there is an error. Asks nobody.',
  examples: ['role lint role.json', 'role lint - -o json'],
  parameters: {
    flags: outputFlags,
    aliases: { o: 'output' },
    positional: {
      kind: 'tuple',
      parameters: [textArgument('JSON file with the role, - for standard input', 'file|-')],
    },
  },
  load: async () => (await import('./lint.js')).lint,
});
