import { proposeAccounts } from '../../../accounts/propose-accounts.js';
import { defineCommand } from '../../../define-command.js';
import { outputFlags, type OutputFlags } from '../../../output/output-format.js';
import { textArgument } from '../../../settings/text-flag.js';

/** `aml-auth account show`: an account, and whether it still works. */
export const accountShowCommand = defineCommand<OutputFlags, [string?]>({
  brief: 'Show an account, and whether it still signs in',
  fullDescription:
    'Asks for a token and says whether there is one, until when, and where tokens are kept. Ends with 4 where the account must sign in again.',
  examples: ['account show', 'account show alice@contoso.com -o json'],
  parameters: {
    flags: outputFlags,
    aliases: { o: 'output' },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          ...textArgument('Account to show (default: the current one)', 'name'),
          optional: true,
          proposeCompletions: proposeAccounts,
        },
      ],
    },
  },
  load: async () => (await import('./show.js')).show,
});
