import type { AccessRequest, AccessSnapshot } from '@aml-auth/permissions';

interface Rule {
  readonly principalId: string;
  readonly scope: string;
  readonly entries: readonly { readonly grants: RegExp; readonly takes: RegExp }[];
}

/**
 * What a program has that decides by itself: every assignment in turn, patterns as regular expressions, made
 * once. It knows one level of management groups, and no data actions.
 */
export function createRegExpMatcher(snapshot: AccessSnapshot): (request: AccessRequest) => boolean {
  const roles = new Map(
    snapshot.roleDefinitions.map(({ id, permissions }) => [
      id,
      permissions.map(({ actions, notActions }) => ({ grants: anyOf(actions), takes: anyOf(notActions) })),
    ]),
  );
  const rules = snapshot.roleAssignments.map(({ principalId, scope, roleDefinitionId }): Rule => {
    return { principalId, scope: scope.toLowerCase(), entries: roles.get(roleDefinitionId) ?? [] };
  });
  return ({ principalId, action, scope }) => {
    const holders = groupsOf(principalId, snapshot.memberOf ?? {});
    const at = scope.toLowerCase();
    const parent = snapshot.parents?.[scope.split('/').slice(0, 3).join('/')]?.toLowerCase();
    return rules.some(
      (rule) =>
        holders.has(rule.principalId) &&
        (rule.scope === parent || at === rule.scope || at.startsWith(`${rule.scope}/`)) &&
        rule.entries.some(({ grants, takes }) => grants.test(action) && !takes.test(action)),
    );
  };
}

function groupsOf(principalId: string, memberOf: NonNullable<AccessSnapshot['memberOf']>): Set<string> {
  const holders = new Set([principalId]);
  for (const holder of holders) for (const group of memberOf[holder] ?? []) holders.add(group);
  return holders;
}

/** A pattern with nothing in it matches nothing. */
function anyOf(patterns: readonly string[]): RegExp {
  const sources = patterns.map((pattern) =>
    pattern
      .trim()
      .replace(/[.\\+?^$(){}|[\]]/g, '\\$&')
      .replace('/*/', '/(.*/)?')
      .replace(/(^|\/)\*/, '$1.*'),
  );
  return sources.length === 0 ? /(?!)/ : new RegExp(`^(?:${sources.join('|')})$`, 'i');
}
