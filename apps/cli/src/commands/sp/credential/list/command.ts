import { defineCommand } from '../../../../define-command.js';
import { outputFlags } from '../../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../../settings/sign-in-flags.js';
import { applicationArgument } from '../../application-reference.js';

/** `aml-auth sp credential list`. */
export const credentialListCommand = defineCommand<DataFlags, [string]>({
  brief: 'List the secrets, certificates and federated credentials of an application',
  examples: ['sp credential list ml-pipeline'],
  parameters: {
    flags: { ...signInFlags, ...outputFlags },
    aliases: { o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [applicationArgument] },
  },
  load: async () => (await import('./list.js')).list,
});
