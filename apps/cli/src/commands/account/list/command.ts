import { defineCommand } from '../../../define-command.js';
import { outputFlags, type OutputFlags } from '../../../output/output-format.js';

/** `aml-auth account list`: who has signed in here. */
export const accountListCommand = defineCommand<OutputFlags>({
  brief: 'List the accounts that have signed in here',
  fullDescription: 'Shows each account, how it signs in, and where its tokens are kept. Asks nobody.',
  examples: ['account list', 'account list -o tsv --query "accounts[].name"'],
  parameters: { flags: outputFlags, aliases: { o: 'output' } },
  load: async () => (await import('./list.js')).list,
});
