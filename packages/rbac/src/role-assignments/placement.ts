import { parseScope, scopeCovers } from '@aml-auth/permissions';

/** Where an assignment stands, seen from a scope. */
export type Placement = 'at' | 'above' | 'below';

/**
 * Where an assignment that Azure listed for a scope stands. What is neither at it nor below it by its id was listed
 * because it reaches the scope: from a management group, whose place in the tree ids do not show. Seen from a
 * management group, subscriptions and what is in them are below; other management groups count as above.
 */
export function placementOf(listed: string, scope: string): Placement {
  if (!scopeCovers(scope, listed)) return isInside(listed, scope) ? 'below' : 'above';
  return scopeCovers(listed, scope) ? 'at' : 'below';
}

function isInside(listed: string, scope: string): boolean {
  return parseScope(scope).level === 'managementGroup' && /^\/subscriptions\//i.test(listed);
}
