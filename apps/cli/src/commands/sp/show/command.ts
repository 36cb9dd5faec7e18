import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { applicationArgument } from '../application-reference.js';

/** `aml-auth sp show`. */
export const spShowCommand = defineCommand<DataFlags, [string]>({
  brief: 'Show a service principal, its application and credentials',
  examples: ['sp show ml-pipeline', 'sp show 00000000-0000-0000-0000-000000000000 -o json'],
  parameters: {
    flags: { ...signInFlags, ...outputFlags },
    aliases: { o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [applicationArgument] },
  },
  load: async () => (await import('./show.js')).show,
});
