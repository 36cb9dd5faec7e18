import { defineCommand } from '../../../define-command.js';
import { listFlag, textFlag } from '../../../settings/text-flag.js';
import { workspaceFlags, type WorkspaceFlags } from '../../../settings/workspace-flags.js';
import { identityFlags, resourceArgument, type IdentityFlags } from '../identity-flags.js';

/** Options of `aml-auth identity grant`. */
export interface IdentityGrantFlags extends IdentityFlags, WorkspaceFlags {
  readonly role?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly workspace?: string | undefined;
  readonly receipt?: string | undefined;
}

/** `aml-auth identity grant`. */
export const identityGrantCommand = defineCommand<IdentityGrantFlags, [string]>({
  brief: 'Give a role to the managed identity by which something runs',
  fullDescription:
    'Whoever runs code there acts with this role. Without --scopes it is given at the workspace. That of a virtual machine is switched on where it is off. Doing it again is no error.',
  examples: [
    'identity grant /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-ml/providers/Microsoft.Compute/virtualMachines/vm --role "AzureML Data Scientist" --workspace ml -g rg-ml',
  ],
  parameters: {
    flags: {
      role: textFlag('Role by name or id (default: AzureML Data Scientist)', 'role'),
      scopes: listFlag('Resource id at which the role is given; may stand several times', 'id'),
      workspace: textFlag('Name of the workspace (default: AZUREML_ARM_WORKSPACE_NAME)', 'name'),
      receipt: textFlag('File that says what was given, to take it back with', 'file'),
      ...workspaceFlags,
      ...identityFlags,
    },
    aliases: { g: 'resourceGroup', s: 'subscription', w: 'workspace', o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [resourceArgument] },
  },
  load: async () => (await import('./grant.js')).grant,
});
