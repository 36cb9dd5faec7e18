import { defineCommand } from '../../define-command.js';
import { outputFlags, type OutputFlags } from '../../output/output-format.js';
import { signInFlags, type SignInFlags } from '../../settings/sign-in-flags.js';
import { workspaceFlags, type WorkspaceFlags } from '../../settings/workspace-flags.js';
import { textFlag } from '../../settings/text-flag.js';

/** Options of `aml-auth doctor`. */
export interface DoctorFlags extends SignInFlags, OutputFlags, WorkspaceFlags {
  readonly json: boolean;
  readonly fix: boolean;
  readonly redact: boolean;
  readonly workspace?: string | undefined;
}

/** `aml-auth doctor`: why signing in does not work. */
export const doctorCommand = defineCommand<DoctorFlags>({
  brief: 'Find out why signing in or a call does not work',
  fullDescription:
    'Checks Node.js, the clock, the way to the hosts of the cloud, variables that contradict each other, az and azd, who is signed in and who would be by the default chain, the token, the token cache, files of this program, and the roles on the workspace. Every check says what it saw and what to do. Ends with 1 where one fails. Ids, names and paths are shortened, so that the output can be shown to others.',
  examples: ['doctor', 'doctor --json', 'doctor --fix', 'doctor --workspace ml -g rg-ml --no-redact'],
  parameters: {
    flags: {
      json: { kind: 'boolean', default: false, withNegated: false, brief: 'The same as -o json' },
      fix: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief:
          'Repair what is on this machine and safe: permissions of files, expired tokens, locks of dead processes',
      },
      redact: { kind: 'boolean', default: true, brief: 'Whether ids, names and paths are shortened' },
      workspace: textFlag('Name of the workspace (default: AZUREML_ARM_WORKSPACE_NAME)', 'name'),
      ...workspaceFlags,
      ...signInFlags,
      ...outputFlags,
    },
    aliases: { g: 'resourceGroup', s: 'subscription', w: 'workspace', o: 'output', t: 'tenant' },
  },
  load: async () => (await import('./doctor.js')).doctor,
});
