import { defineCommand } from '../../../define-command.js';
import { confirmFlag, type ConfirmFlag } from '../../../settings/confirm.js';
import { accessFileArgument, planFlags, type PlanFlags } from '../plan-flags.js';

/** Options of `aml-auth access apply`. */
export type AccessApplyFlags = PlanFlags & ConfirmFlag;

/** `aml-auth access apply`. */
export const accessApplyCommand = defineCommand<AccessApplyFlags, [string]>({
  brief: 'Make the access what it should be',
  fullDescription:
    'Plans, shows the steps on standard error, asks, and takes them one after the other. A plan with problems is not begun. Each step is safe to repeat; where one fails, a new plan has what is left.',
  examples: ['access apply access.yaml', 'access apply access.yaml --yes --no-input -o json'],
  parameters: {
    flags: { ...confirmFlag, ...planFlags },
    aliases: { y: 'yes', o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [accessFileArgument] },
  },
  load: async () => (await import('./apply.js')).apply,
});
