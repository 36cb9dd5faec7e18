import { defineCommand } from '../../../define-command.js';
import { outputFlags, type OutputFlags } from '../../../output/output-format.js';

/** `aml-auth cache verify`: whether every file can be read. */
export const cacheVerifyCommand = defineCommand<OutputFlags>({
  brief: 'Read every kept token, and say which files are damaged',
  fullDescription: 'Changes nothing. Ends with 8 where a file gives no token, and says what to do about it.',
  examples: ['cache verify', 'cache verify -o json'],
  parameters: { flags: outputFlags, aliases: { o: 'output' } },
  load: async () => (await import('./verify.js')).verify,
});
