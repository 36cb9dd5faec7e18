import { proposeAccounts } from '../../accounts/propose-accounts.js';
import { defineCommand } from '../../define-command.js';
import { textArgument } from '../../settings/text-flag.js';

/** Options of `aml-auth logout`. */
export interface LogoutFlags {
  readonly all: boolean;
}

/** `aml-auth logout`: forgets an account and its tokens. */
export const logoutCommand = defineCommand<LogoutFlags, [string?]>({
  brief: 'Forget an account and its tokens',
  fullDescription:
    'Removes the account, its sign-in and its tokens from this machine: the one that is named, or the current one. Tokens that other programs hold work until they expire.',
  examples: ['logout', 'logout alice@contoso.com', 'logout --all'],
  parameters: {
    flags: { all: { kind: 'boolean', default: false, withNegated: false, brief: 'Forget every account' } },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          ...textArgument('Account to forget (default: the current one)', 'name'),
          optional: true,
          proposeCompletions: proposeAccounts,
        },
      ],
    },
  },
  load: async () => (await import('./logout.js')).logout,
});
