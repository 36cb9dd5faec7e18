import { defineCommand } from '../../define-command.js';
import { identityFlags, type IdentityFlags } from '../../identity/identity-flags.js';

/** `aml-auth exec -- program`: a program that finds a managed identity, and gets our tokens. */
export const execCommand = defineCommand<IdentityFlags, string[]>({
  brief: 'Run a program that gets tokens as from a managed identity',
  fullDescription:
    'Serves tokens of the account on 127.0.0.1 while the program runs, and tells it where by the variables that every Azure SDK reads: ManagedIdentityCredential and DefaultAzureCredential work as they are, in any language. No token stands in an argument or a variable. Ends with the exit code of the program. Put -- before the program.',
  examples: [
    'exec -- python train.py',
    'exec --style azureml --allow https://storage.azure.com -- java -jar train.jar',
  ],
  parameters: {
    flags: identityFlags,
    aliases: { t: 'tenant' },
    positional: {
      kind: 'array',
      parameter: {
        parse: (value: string): string => value,
        brief: 'The program and its arguments, after --',
        placeholder: 'program',
      },
      minimum: 1,
    },
  },
  load: async () => (await import('./exec.js')).exec,
});
