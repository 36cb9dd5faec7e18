import { defineCommand } from '../../../define-command.js';
import { setupFlags, type SetupFlags } from '../setup-flags.js';

/** `aml-auth setup java`: a program in Java with tokens from here. */
export const setupJavaCommand = defineCommand<SetupFlags>({
  brief: 'Let Java get its tokens from here',
  fullDescription:
    'Prints a program of the class library alone (Java 11 or later) that gets a token under "aml-auth exec" and says for whom it is, and on standard error the command that runs it. With azure-identity nothing is needed but that command: DefaultAzureCredentialBuilder finds the tokens. With --file it is written to a new file.',
  examples: ['setup java', 'setup java --file TokenExample.java'],
  parameters: { flags: setupFlags },
  load: async () => (await import('./java.js')).java,
});
