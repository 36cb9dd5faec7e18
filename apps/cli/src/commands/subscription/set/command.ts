import { defineCommand } from '../../../define-command.js';
import { signInFlags, type SignInFlags } from '../../../settings/sign-in-flags.js';
import { textArgument } from '../../../settings/text-flag.js';

/** `aml-auth subscription set`: the subscription that an account's commands use. */
export const subscriptionSetCommand = defineCommand<Pick<SignInFlags, 'account'>, [string]>({
  brief: 'Choose the subscription that commands of an account use',
  fullDescription: 'Looks whether the account may see it. Flags, environment and settings still count more.',
  examples: ['subscription set 00000000-0000-0000-0000-000000000000', 'subscription set "Machine Learning"'],
  parameters: {
    flags: { account: signInFlags.account },
    positional: { kind: 'tuple', parameters: [textArgument('Id or name of the subscription', 'id|name')] },
  },
  load: async () => (await import('./set.js')).set,
});
