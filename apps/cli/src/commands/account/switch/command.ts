import { proposeAccounts } from '../../../accounts/propose-accounts.js';
import { defineCommand } from '../../../define-command.js';
import { textArgument } from '../../../settings/text-flag.js';

/** `aml-auth account switch`: another account from now on. */
export const accountSwitchCommand = defineCommand<object, [string?]>({
  brief: 'Use another account from now on',
  fullDescription: 'Without a name, and with two accounts, it is the other one.',
  examples: ['account switch alice@contoso.com', 'account switch'],
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        { ...textArgument('Account to use', 'name'), optional: true, proposeCompletions: proposeAccounts },
      ],
    },
  },
  load: async () => (await import('./switch-account.js')).switchAccount,
});
