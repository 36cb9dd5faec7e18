import { parseScope } from '@aml-auth/permissions';

/**
 * The management groups above a scope, as `AccessSnapshot.parents`, from the scopes of what the
 * service listed as at or above it. Ids do not show the tree, and reading it needs a further
 * permission; that each of the groups reaches the scope is known from the listing, their order is not.
 */
export function inferParents(scope: string, listed: readonly string[]): Readonly<Record<string, string>> {
  const { subscriptionId, level, id } = parseScope(scope);
  const own = level === 'managementGroup' ? id.toLowerCase() : undefined;
  const lowest = subscriptionId === undefined ? own : `/subscriptions/${subscriptionId.toLowerCase()}`;
  if (lowest === undefined) return {};
  const groups = new Set(listed.map((text) => text.toLowerCase()).filter(isManagementGroup));
  groups.delete(lowest);
  const chain = [lowest, ...groups];
  return Object.fromEntries([...groups].map((group, index) => [chain[index] ?? lowest, group]));
}

function isManagementGroup(scope: string): boolean {
  return /^\/providers\/microsoft\.management\/managementgroups\/[^/]+\/?$/.test(scope);
}
