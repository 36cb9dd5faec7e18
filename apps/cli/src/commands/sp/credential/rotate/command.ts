import { defineCommand } from '../../../../define-command.js';
import { outputFlags } from '../../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../../settings/sign-in-flags.js';
import { listFlag } from '../../../../settings/text-flag.js';
import { applicationArgument } from '../../application-reference.js';
import { keyFlags, type KeyFlags } from '../../credential-flags.js';

/** Options of `aml-auth sp credential rotate`. */
export interface CredentialRotateFlags extends DataFlags, Omit<KeyFlags, 'certificate'> {
  readonly replace?: readonly string[] | undefined;
  readonly keepOld: boolean;
}

const { certificate: _certificate, ...newKeyFlags } = keyFlags;

/** `aml-auth sp credential rotate`. */
export const credentialRotateCommand = defineCommand<CredentialRotateFlags, [string]>({
  brief: 'Put a new secret or certificate in place of the old one',
  fullDescription:
    'Adds the new one, signs in with it, and only then removes the old ones: those of the same kind and name, or those of --replace. Where the sign-in is refused the new one goes and the old ones stay. Ends with 1 where an old one could not be removed.',
  examples: [
    'sp credential rotate ml-pipeline --credential secret --credential-file trainer.secret',
    'sp credential rotate ml-pipeline --credential-file trainer.pem --keep-old',
  ],
  parameters: {
    flags: {
      replace: listFlag('Id of a credential that goes; may stand several times', 'credential'),
      keepOld: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Leave the old ones for now',
      },
      ...newKeyFlags,
      ...signInFlags,
      ...outputFlags,
    },
    aliases: { o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [applicationArgument] },
  },
  load: async () => (await import('./rotate.js')).rotate,
});
