import { defineCommand } from '../../define-command.js';
import { outputFlags } from '../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../settings/sign-in-flags.js';

/** `aml-auth whoami`: the identity behind the token. */
export const whoamiCommand = defineCommand<DataFlags>({
  brief: 'Show who is signed in, as Microsoft Entra ID sees it',
  fullDescription:
    'Signs in and shows the claims of the access token. The token itself is not shown, and its signature is not checked: do not decide on this output.',
  examples: ['whoami', 'whoami -o json --query objectId'],
  parameters: { flags: { ...signInFlags, ...outputFlags }, aliases: { o: 'output', t: 'tenant' } },
  load: async () => (await import('./whoami.js')).whoami,
});
