import { isGuid } from '@aml-auth/core';

import { resourceGroupId, subscriptionId, workspaceId } from '../core/arm-ids.js';
import { managementGroupId } from '../core/management-groups.js';
import type { Store } from '../core/store.js';
import { invalidSeed } from './invalid-seed.js';

/**
 * The resource id behind `/{subscription}[/{resource group}[/{workspace}]]` or `managementGroup:{name}`; a
 * resource id stays as it is.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where there is none
 */
export function findScope(store: Store, scope: string): string {
  if (scope === '/' || /^\/(subscriptions|providers)\//i.test(scope)) return scope;
  const groupName = /^managementGroup:(.+)$/.exec(scope)?.[1];
  if (groupName !== undefined) {
    const group = store.list('managementGroups').find(({ name }) => name === groupName);
    if (group !== undefined) return managementGroupId(group.name);
  }
  const [blank, subscriptionName = '', group, workspace, ...rest] = scope.split('/');
  const subscription = store
    .list('subscriptions')
    .find(
      ({ id, displayName }) =>
        displayName === subscriptionName || (isGuid(subscriptionName) && id === subscriptionName),
    );
  const missing = (): Error =>
    invalidSeed(
      `There is no scope ${scope}. Write /, /{subscription}[/{resource group}[/{workspace}]], managementGroup:{name} or a resource id.`,
    );
  if (blank !== '' || subscription === undefined || rest.length > 0) throw missing();
  if (group === undefined) return subscriptionId(subscription.id);
  const row = store.get('resourceGroups', resourceGroupId(subscription.id, group));
  if (row === undefined) throw missing();
  if (workspace === undefined) return row.id;
  const found = store.get('workspaces', workspaceId(subscription.id, row.name, workspace));
  if (found === undefined) throw missing();
  return found.id;
}
