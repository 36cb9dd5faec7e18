import { defineCommand } from '../../../define-command.js';
import { textFlag } from '../../../settings/text-flag.js';
import { accessFileArgument, planFlags, type PlanFlags } from '../plan-flags.js';

/** Options of `aml-auth access plan`. */
export interface AccessPlanFlags extends PlanFlags {
  readonly snapshot?: string | undefined;
}

/** `aml-auth access plan`. */
export const accessPlanCommand = defineCommand<AccessPlanFlags, [string]>({
  brief: 'Compare the access that is with the access that should be',
  fullDescription:
    'Changes nothing. Ends with 0 where all is as written, and with 3 where there is a step to take, something that nobody wrote down, or a problem.',
  examples: ['access plan access.yaml', 'access plan access.yaml --snapshot collected.json -o json'],
  parameters: {
    flags: {
      snapshot: textFlag('File of "aml-auth access collect"; nobody is asked then', 'file'),
      ...planFlags,
    },
    aliases: { o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [accessFileArgument] },
  },
  load: async () => (await import('./plan.js')).plan,
});
