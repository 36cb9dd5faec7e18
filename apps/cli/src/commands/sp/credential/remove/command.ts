import { defineCommand } from '../../../../define-command.js';
import { outputFlags } from '../../../../output/output-format.js';
import { confirmFlag, type ConfirmFlag } from '../../../../settings/confirm.js';
import { signInFlags, type DataFlags } from '../../../../settings/sign-in-flags.js';
import { textArgument } from '../../../../settings/text-flag.js';
import { applicationArgument } from '../../application-reference.js';

/** Options of `aml-auth sp credential remove`. */
export type CredentialRemoveFlags = DataFlags & ConfirmFlag;

/** `aml-auth sp credential remove`. */
export const credentialRemoveCommand = defineCommand<CredentialRemoveFlags, [string, string]>({
  brief: 'Remove one credential of an application',
  fullDescription: 'The others stay. One that is not there is no error.',
  examples: ['sp credential remove ml-pipeline 00000000-0000-0000-0000-000000000000 --yes'],
  parameters: {
    flags: { ...confirmFlag, ...signInFlags, ...outputFlags },
    aliases: { y: 'yes', o: 'output', t: 'tenant' },
    positional: {
      kind: 'tuple',
      parameters: [
        applicationArgument,
        textArgument('Id of the credential, from "aml-auth sp credential list"', 'credential'),
      ],
    },
  },
  load: async () => (await import('./remove.js')).remove,
});
