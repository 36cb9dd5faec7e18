import { defineCommand } from '../../../../define-command.js';
import { outputFlags } from '../../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../../settings/sign-in-flags.js';
import { applicationArgument } from '../../application-reference.js';
import { credentialFlags, type CredentialFlags } from '../../credential-flags.js';

/** Options of `aml-auth sp credential add`. */
export type CredentialAddFlags = DataFlags & CredentialFlags;

/** `aml-auth sp credential add`. */
export const credentialAddCommand = defineCommand<CredentialAddFlags, [string]>({
  brief: 'Add a credential to an application',
  fullDescription:
    'Those that it has stay. A certificate or federated credential that it has already is no error; a secret is a new one each time, and told this once.',
  examples: [
    'sp credential add ml-pipeline --github contoso/ml --environment production',
    'sp credential add ml-pipeline --certificate trainer.pem',
    'sp credential add ml-pipeline --credential secret --days 30 --credential-file trainer.secret',
  ],
  parameters: {
    flags: { ...credentialFlags, ...signInFlags, ...outputFlags },
    aliases: { o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [applicationArgument] },
  },
  load: async () => (await import('./add.js')).add,
});
