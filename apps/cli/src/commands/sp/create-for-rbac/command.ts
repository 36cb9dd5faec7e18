import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { listFlag, textFlag } from '../../../settings/text-flag.js';
import { workspaceFlags, type WorkspaceFlags } from '../../../settings/workspace-flags.js';
import { credentialFlags, type CredentialFlags } from '../credential-flags.js';

/** Options of `aml-auth sp create-for-rbac`. */
export interface CreateForRbacFlags extends DataFlags, WorkspaceFlags, CredentialFlags {
  readonly name?: string | undefined;
  readonly uniqueName?: string | undefined;
  readonly application?: string | undefined;
  readonly role?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly workspace?: string | undefined;
  readonly sdkAuth: boolean;
}

/** `aml-auth sp create-for-rbac`. */
export const createForRbacCommand = defineCommand<CreateForRbacFlags>({
  brief: 'Make a service principal with a credential and a role',
  fullDescription:
    'What az ad sp create-for-rbac is for: with --unique-name it is safe to repeat, credentials that are there stay, and where a step fails those before it are undone. A role without --scopes is given at the workspace. A secret or private key is told this once. With --sdk-auth the output is the JSON of az, byte for byte.',
  examples: [
    'sp create-for-rbac --unique-name ml-pipeline --github contoso/ml --branch main --role "AzureML Data Scientist" --workspace ml -g rg-ml',
    'sp create-for-rbac --name trainer --credential secret --days 30 --credential-file trainer.secret',
    'sp create-for-rbac --unique-name ml-pipeline --role Reader --scopes /subscriptions/00000000-0000-0000-0000-000000000000 --sdk-auth --credential-file azure.json',
  ],
  parameters: {
    flags: {
      name: textFlag('Display name; a new application each time', 'name'),
      uniqueName: textFlag('Name that no other application has; made where it is missing', 'name'),
      application: textFlag('Application id of one that is there', 'guid'),
      role: textFlag('Role by name or id (default: none)', 'role'),
      scopes: listFlag('Resource id at which the role is given; may stand several times', 'id'),
      workspace: textFlag('Name of the workspace (default: AZUREML_ARM_WORKSPACE_NAME)', 'name'),
      sdkAuth: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Print what az prints with --sdk-auth (--json-auth)',
      },
      ...credentialFlags,
      ...workspaceFlags,
      ...signInFlags,
      ...outputFlags,
    },
    aliases: { n: 'name', g: 'resourceGroup', s: 'subscription', w: 'workspace', o: 'output', t: 'tenant' },
  },
  load: async () => (await import('./create-for-rbac.js')).createSp,
});
