import { parseScope } from '@aml-auth/permissions';
import { armPath } from '@aml-auth/rest';
import type { SignIn } from '../settings/sign-in.js';
import { required, subscriptionOf } from '../settings/workspace-flags.js';
import { workspaceScope } from '../settings/workspace-scope.js';
import type { ScopeFlags } from './scope-flags.js';

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
