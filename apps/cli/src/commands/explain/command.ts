import { defineCommand } from '../../define-command.js';
import { outputFlags, type OutputFlags } from '../../output/output-format.js';

/** `aml-auth explain`: what an error means and what helps. */
export const explainCommand = defineCommand<OutputFlags, string[]>({
  brief: 'Say what an error of Azure means, and what helps',
  fullDescription:
    'Takes the text of an error, a file with it, or - for standard input: refusals of the Azure Resource Manager, AADSTS numbers of Microsoft Entra ID, and codes of aml-auth. Asks nobody. Ends with 6 where it knows nothing about the text.',
  examples: ['explain AADSTS7000215', 'explain error.txt', 'explain -'],
  parameters: {
    flags: outputFlags,
    aliases: { o: 'output' },
    positional: {
      kind: 'array',
      parameter: {
        parse: (value: string): string => value,
        brief: 'Text of the error, a file, or -',
        placeholder: 'text|file|-',
      },
      minimum: 1,
    },
  },
  load: async () => (await import('./explain.js')).explain,
});
