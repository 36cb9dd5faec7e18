import { defineCommand } from '../../../define-command.js';
import { outputFlags, type OutputFlags } from '../../../output/output-format.js';

/** `aml-auth cache list`: what is kept, without the tokens. */
export const cacheListCommand = defineCommand<OutputFlags>({
  brief: 'List the tokens that are kept, without the tokens themselves',
  fullDescription:
    'Shows for whom and for what there are tokens and until when. A sign-in of a person is listed as the scope aml-auth:session.',
  examples: ['cache list', 'cache list -o json --query tier'],
  parameters: { flags: outputFlags, aliases: { o: 'output' } },
  load: async () => (await import('./list.js')).list,
});
