import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { textArgument, textFlag } from '../../../settings/text-flag.js';

/** Options of `aml-auth ca why`. */
export interface CaWhyFlags extends DataFlags {
  readonly resource?: string | undefined;
}

/** `aml-auth ca why`. */
export const caWhyCommand = defineCommand<CaWhyFlags, [string?]>({
  brief: 'Say which Conditional Access policies refused a sign-in, and what helps',
  fullDescription:
    'Reads the error of a file or of standard input, as any program printed it; without one it signs in now. The policies are read where the caller may; their ids and the next step are told in any case. Ends with 4 where a sign-in was refused just now.',
  examples: ['ca why error.json', 'ca why --resource https://ml.azure.com'],
  parameters: {
    flags: {
      resource: textFlag('What is signed in to (default: Azure Machine Learning)', 'url'),
      ...signInFlags,
      ...outputFlags,
    },
    aliases: { o: 'output', t: 'tenant' },
    positional: {
      kind: 'tuple',
      parameters: [
        { ...textArgument('File with the error, - for standard input', 'file|-'), optional: true },
      ],
    },
  },
  load: async () => (await import('./why.js')).why,
});
