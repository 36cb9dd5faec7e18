import { defineCommand } from '../../define-command.js';

/** `aml-auth demo`: the main job on the emulator. */
export const demoCommand = defineCommand<object>({
  brief: 'Show the main job on the emulator, without an Azure account',
  fullDescription:
    'Starts the emulator, signs in as a service principal, reads a workspace, is refused what its role does not allow, and explains each step. Ends by itself.',
  examples: ['demo'],
  parameters: {},
  load: async () => (await import('./demo.js')).demo,
});
