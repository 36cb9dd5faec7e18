import { defineCommand } from '../../../define-command.js';
import { setupFlags, type SetupFlags } from '../setup-flags.js';

/** `aml-auth setup python`: a program in Python with tokens from here. */
export const setupPythonCommand = defineCommand<SetupFlags>({
  brief: 'Let Python get its tokens from here',
  fullDescription:
    'Prints a program of the standard library alone that gets a token under "aml-auth exec" and says for whom it is, and on standard error the command that runs it. With azure-identity nothing is needed but that command: DefaultAzureCredential finds the tokens. With --file it is written to a new file.',
  examples: ['setup python', 'setup python --file token_example.py'],
  parameters: { flags: setupFlags },
  load: async () => (await import('./python.js')).python,
});
