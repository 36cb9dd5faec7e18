import { principalTypeFlag, whoFlag, type NamedType } from '../../access/principal-reference.js';
import { outputFlags } from '../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../settings/sign-in-flags.js';
import { textFlag } from '../../settings/text-flag.js';
import { workspaceFlags, type WorkspaceFlags } from '../../settings/workspace-flags.js';

/** How much of what a workspace keeps beside itself is shared. */
export const DEPENDENTS = ['read', 'write'] as const;

/** Options that describe a share of a workspace. */
export interface ShareFlags extends DataFlags, WorkspaceFlags {
  readonly with?: string | undefined;
  readonly principalType?: NamedType | undefined;
  readonly role?: string | undefined;
  readonly dependents?: (typeof DEPENDENTS)[number] | undefined;
  readonly receipt?: string | undefined;
}

/** How {@link ShareFlags} are parsed. */
export const shareFlags = {
  with: whoFlag,
  principalType: principalTypeFlag,
  role: textFlag('Role by name or id (default: AzureML Data Scientist)', 'role'),
  dependents: {
    kind: 'enum',
    values: DEPENDENTS,
    optional: true,
    brief: 'Also at storage account, key vault, container registry and Application Insights',
  },
  receipt: textFlag('File that says what was given, to take it back with', 'file'),
  ...workspaceFlags,
  ...signInFlags,
  ...outputFlags,
} as const;

/** How their flags are shortened. */
export const shareAliases = { g: 'resourceGroup', s: 'subscription', o: 'output', t: 'tenant' } as const;
