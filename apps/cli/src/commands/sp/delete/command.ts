import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { confirmFlag, type ConfirmFlag } from '../../../settings/confirm.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { listFlag } from '../../../settings/text-flag.js';
import { workspaceFlags, type WorkspaceFlags } from '../../../settings/workspace-flags.js';
import { applicationArgument } from '../application-reference.js';

/** Options of `aml-auth sp delete`. */
export interface SpDeleteFlags extends DataFlags, ConfirmFlag, Pick<WorkspaceFlags, 'subscription'> {
  readonly scopes?: readonly string[] | undefined;
  readonly keepApplication: boolean;
}

/** `aml-auth sp delete`. */
export const spDeleteCommand = defineCommand<SpDeleteFlags, [string]>({
  brief: 'Delete a service principal with its role assignments and application',
  fullDescription:
    'Role assignments go first: Azure leaves them behind otherwise, as those of an unknown identity. Doing it again is no error. The directory keeps a deleted application for 30 days.',
  examples: ['sp delete ml-pipeline', 'sp delete ml-pipeline --keep-application --yes'],
  parameters: {
    flags: {
      scopes: listFlag(
        'Resource id at and below which its role assignments go; may stand several times (default: the subscription)',
        'id',
      ),
      keepApplication: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Leave the application with its credentials',
      },
      ...confirmFlag,
      subscription: workspaceFlags.subscription,
      ...signInFlags,
      ...outputFlags,
    },
    aliases: { s: 'subscription', y: 'yes', o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [applicationArgument] },
  },
  load: async () => (await import('./delete.js')).deleteSp,
});
