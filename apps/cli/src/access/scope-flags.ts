import { textFlag } from '../settings/text-flag.js';
import { workspaceFlags, type WorkspaceFlags } from '../settings/workspace-flags.js';

/** Options that say at which scope. */
export interface ScopeFlags extends WorkspaceFlags {
  readonly scope?: string | undefined;
  readonly workspace?: string | undefined;
}

/** How {@link ScopeFlags} are parsed. */
export const scopeFlags = {
  scope: textFlag(
    'Resource id (default: the workspace or resource group named, else the subscription)',
    'id',
  ),
  workspace: textFlag('Name of a workspace', 'name'),
  ...workspaceFlags,
} as const;

/** How they are shortened. */
export const scopeAliases = {
  g: 'resourceGroup',
  s: 'subscription',
  w: 'workspace',
  o: 'output',
  t: 'tenant',
} as const;
