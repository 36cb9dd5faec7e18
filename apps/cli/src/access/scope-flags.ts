import { armPath } from '@aml-auth/rest';
import { parseScope } from '@aml-auth/permissions';
import type { SignIn } from '../settings/sign-in.js';
import { textFlag } from '../settings/text-flag.js';
import {
  required,
  subscriptionOf,
  workspaceFlags,
  type WorkspaceFlags,
} from '../settings/workspace-flags.js';
import { workspaceScope } from '../settings/workspace-scope.js';

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

/**
 * The scope that is meant: settings name the subscription, and no more than that.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function scopeOf(flags: ScopeFlags, known: SignIn): string {
  if (flags.scope !== undefined) return parseScope(flags.scope).id;
  if (flags.workspace !== undefined) return workspaceScope(flags, flags.workspace, known);
  const subscription = required(
    subscriptionOf(flags, known),
    'scope',
    'Give --scope, --workspace or --subscription.',
  );
  const { resourceGroup } = flags;
  return resourceGroup === undefined
    ? armPath`/subscriptions/${subscription}`
    : armPath`/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
}
