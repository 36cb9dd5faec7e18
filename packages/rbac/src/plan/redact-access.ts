import { roleDefinitionGuid } from '@aml-auth/permissions';

import type { AccessCollection } from './access-collection.js';

/** What {@link redactAccess} hides beyond principals and free texts. */
export interface RedactAccessOptions {
  /** Also ids of subscriptions and names of management groups, resource groups and resources. Default false. */
  readonly hideResources?: boolean | undefined;
}

const EVERYONE = '00000000-0000-0000-0000-000000000000';
const GUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|(?<![\da-f-])[\da-f]{32}(?![\da-f-])/gi;
/** An e-mail address or user principal name. */
const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const CONTAINERS: ReadonlySet<string> = new Set(['subscriptions', 'resourcegroups', 'managementgroups']);

/**
 * A collection without personal data, for a bug report or a test: object ids become numbers in the form of GUIDs, the
 * same for the same principal, in conditions too, where every GUID but those of roles is one; descriptions, times, authors and reasons go. Decisions stay what they
 * were. Roles keep their ids and names, custom ones too. Apply it once: numbers are given anew each time.
 */
export function redactAccess(access: AccessCollection, options: RedactAccessOptions = {}): AccessCollection {
  const principal = pseudonyms((count) => `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`);
  const resource = pseudonyms((count) => `name-${count}`);
  const person = (id: string): string => (id === EVERYONE ? id : principal(id));
  const scope = (id: string): string => (options.hideResources === true ? hidden(id, resource) : id);
  const numbered = (id: string, index: number, kind: string): string =>
    `${id === '/' ? '' : id}/providers/Microsoft.Authorization/${kind}/${index + 1}`;
  const roles = new Set(access.roleDefinitions.map(({ id }) => plain(roleDefinitionGuid(id))));
  const condition = (text: string | undefined): string | undefined =>
    text
      ?.replaceAll(GUID, (id) => (roles.has(plain(id)) ? id : replaced(id, person(dashed(id)))))
      .replaceAll(ADDRESS, 'someone@example.com');

  const assignment = <T extends AccessCollection['roleAssignments'][number]>(one: T, index: number): T => {
    const {
      description: _d,
      createdBy: _b,
      createdOn: _c,
      updatedOn: _u,
      delegatedManagedIdentityResourceId: _i,
      ...kept
    } = one;
    const at = scope(one.scope);
    return {
      ...kept,
      id: numbered(at, index, 'roleAssignments'),
      scope: at,
      principalId: person(one.principalId),
      roleDefinitionId: roleDefinitionGuid(one.roleDefinitionId),
      condition: condition(one.condition),
    } as T;
  };

  return {
    ...access,
    scopes: access.scopes.map(scope),
    roleDefinitions: access.roleDefinitions.map(({ description, ...role }) => ({
      ...role,
      ...(role.roleType === 'BuiltInRole' ? { description } : {}),
      assignableScopes: role.assignableScopes.map(scope),
      permissions: role.permissions.map((entry) => ({ ...entry, condition: condition(entry.condition) })),
    })),
    roleAssignments: access.roleAssignments.map(assignment),
    eligibleAssignments: access.eligibleAssignments?.map(assignment),
    classicAdministrators: access.classicAdministrators?.map((one) => ({
      ...one,
      principalId: person(one.principalId),
      scope: scope(one.scope),
    })),
    denyAssignments: access.denyAssignments?.map((one, index) => ({
      ...one,
      id: numbered(scope(one.scope), index, 'denyAssignments'),
      denyAssignmentName: `deny-${index + 1}`,
      scope: scope(one.scope),
      principals: one.principals.map(({ id }) => ({ id: person(id) })),
      excludePrincipals: one.excludePrincipals.map(({ id }) => ({ id: person(id) })),
      permissions: one.permissions.map((entry) => ({ ...entry, condition: condition(entry.condition) })),
      condition: condition(one.condition),
    })),
    memberOf:
      access.memberOf &&
      Object.fromEntries(
        Object.entries(access.memberOf).map(([member, groups]) => [person(member), groups.map(person)]),
      ),
    parents:
      access.parents &&
      Object.fromEntries(
        Object.entries(access.parents).map(([child, parent]) => [scope(child), scope(parent)]),
      ),
    activated: access.activated === undefined ? undefined : [],
    unreadable: access.unreadable.map(({ part }) => ({
      part: part.replace(/ at .*/, ''),
      reason: 'redacted',
    })),
    isRedacted: true,
  };
}

/** The same stand-in for the same text, in any case. */
function pseudonyms(make: (count: number) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const key = text.toLowerCase();
    const name = known.get(key) ?? make(known.size + 1);
    known.set(key, name);
    return name;
  };
}

/** Names go, types stay: containers of resources, and after a provider every second segment. */
function hidden(scope: string, resource: (name: string) => string): string {
  if (!scope.startsWith('/') || scope === '/') return scope.startsWith('/') ? scope : resource(scope);
  let isName = false;
  let typed = 0;
  return scope
    .split('/')
    .map((segment) => {
      const word = segment.toLowerCase();
      if (word === 'providers' && !isName) {
        typed = 1;
        return segment;
      }
      if (typed === 1) {
        typed = 2;
        return segment;
      }
      if (isName) {
        isName = false;
        return resource(segment);
      }
      isName = typed === 2 || CONTAINERS.has(word);
      return segment;
    })
    .join('/');
}

function plain(id: string): string {
  return id.replaceAll('-', '').toLowerCase();
}

function dashed(id: string): string {
  return plain(id).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** In the form that the condition had. */
function replaced(id: string, other: string): string {
  return id.includes('-') ? other : plain(other);
}
