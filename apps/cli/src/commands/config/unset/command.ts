import { defineCommand } from '../../../define-command.js';
import { textArgument } from '../../../settings/text-flag.js';
import { projectFlag, type ConfigSetFlags } from '../set/command.js';

/** `aml-auth config unset`: takes a setting back. */
export const configUnsetCommand = defineCommand<ConfigSetFlags, [string]>({
  brief: 'Take a setting back',
  examples: ['config unset workspace', 'config unset workspace --project'],
  parameters: {
    flags: { project: projectFlag },
    positional: { kind: 'tuple', parameters: [textArgument('Name of the setting', 'name')] },
  },
  load: async () => (await import('./unset.js')).unset,
});
