import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { textArgument } from '../../../settings/text-flag.js';

/** `aml-auth ca show`. */
export const caShowCommand = defineCommand<DataFlags, [string]>({
  brief: 'Say what a Conditional Access policy is for, for whom, and what it wants',
  examples: ['ca show 00000000-0000-0000-0000-000000000000'],
  parameters: {
    flags: { ...signInFlags, ...outputFlags },
    aliases: { o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [textArgument('Id of the policy', 'guid')] },
  },
  load: async () => (await import('./show.js')).show,
});
