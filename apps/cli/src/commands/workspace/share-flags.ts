import { principalTypeFlag, whoFlag, type NamedType } from '../../access/principal-reference.js';
import { outputFlags } from '../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../settings/sign-in-flags.js';
import { listFlag, textFlag } from '../../settings/text-flag.js';
import { workspaceFlags, type WorkspaceFlags } from '../../settings/workspace-flags.js';

/** Options that describe a share of a workspace. */
export interface ShareFlags extends DataFlags, WorkspaceFlags {
  readonly with?: string | undefined;
  readonly principalType?: NamedType | undefined;
  readonly role?: string | undefined;
  readonly dependents?: readonly string[] | undefined;
  readonly receipt?: string | undefined;
}

/** How {@link ShareFlags} are parsed. */
export const shareFlags = {
  with: whoFlag,
  principalType: principalTypeFlag,
  role: textFlag('Role by name or id (default: AzureML Data Scientist)', 'role'),
  dependents: listFlag(
    'Also at storage account, key vault, container registry and Application Insights: read or write for all, or storage=read, registry=AcrPull … one by one',
    'access',
  ),
  receipt: textFlag('File that says what was given, to take it back with', 'file'),
  ...workspaceFlags,
  ...signInFlags,
  ...outputFlags,
} as const;

/** How their flags are shortened. */
export const shareAliases = { g: 'resourceGroup', s: 'subscription', o: 'output', t: 'tenant' } as const;
