import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';

/** `aml-auth subscription list`: the subscriptions that the caller may see. */
export const subscriptionListCommand = defineCommand<DataFlags>({
  brief: 'List the subscriptions that you may see',
  examples: ['subscription list', 'subscription list -o tsv --query "subscriptions[].subscriptionId"'],
  parameters: { flags: { ...signInFlags, ...outputFlags }, aliases: { o: 'output', t: 'tenant' } },
  load: async () => (await import('./list.js')).list,
});
