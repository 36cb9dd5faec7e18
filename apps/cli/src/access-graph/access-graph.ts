import {
  builtInRoles,
  createDecider,
  escalationGraph,
  parseScope,
  principalPaths,
  roleDefinitionGuid,
  type EscalationEdge,
  type EscalationEnvironment,
  type RoleAssignment,
} from '@aml-auth/permissions';
import type { AccessCollection, Principal } from '@aml-auth/rbac';
import type {
  AccessGraphData,
  GraphAccess,
  GraphHolder,
  GraphPrincipal,
  GraphPrincipalKind,
} from './graph-data.js';
import { scopeTree } from './scope-tree.js';
import { shownText } from './shown-text.js';
import { smallestChange, type SmallestChange } from './smallest-change.js';

/** What a collection does not say. */
export interface Surroundings {
  /** By object id in lower case. */
  readonly names?: ReadonlyMap<string, Principal> | undefined;
  readonly environment?: EscalationEnvironment | undefined;
  /** Further scopes to show, such as the storage account of a workspace. */
  readonly scopes?: readonly string[] | undefined;
  readonly unreadable?: readonly string[] | undefined;
}

const EVERYONE = '00000000-0000-0000-0000-000000000000';

/** Who has which access where, by which group, and who can give itself more. Pure; the same for the same input. */
export function accessGraph(collection: AccessCollection, around: Surroundings = {}): AccessGraphData {
  const roles = new Map(
    [...builtInRoles, ...collection.roleDefinitions].map((role) => [roleDefinitionGuid(role.id), role]),
  );
  const snapshot = { ...collection, roleDefinitions: [...roles.values()] };
  const cards = new Map<string, GraphAccess>();
  const add = (card: Omit<GraphAccess, 'holders'>, holder: GraphHolder): void => {
    const known = cards.get(card.id);
    cards.set(card.id, { ...card, holders: [...(known?.holders ?? []), holder] });
  };
  const assign = (kind: 'role' | 'eligible', one: RoleAssignment): void => {
    const guid = roleDefinitionGuid(one.roleDefinitionId);
    const role = roles.get(guid);
    const scope = one.scope.toLowerCase();
    const { condition } = one;
    const card = {
      id: `${kind}|${guid}|${scope}|${condition ?? ''}`,
      kind,
      title: shownText(role?.roleName ?? guid),
      scope,
      ...(condition === undefined ? {} : { condition: shownText(condition, 4_000) }),
      ...(role?.roleType === 'CustomRole' ? { isCustom: true } : {}),
    };
    add(card, { principal: one.principalId.toLowerCase(), assignment: one.id });
  };
  for (const one of collection.roleAssignments) assign('role', one);
  for (const one of collection.eligibleAssignments ?? []) assign('eligible', one);
  for (const one of collection.denyAssignments ?? []) {
    const card = {
      id: `deny|${one.id.toLowerCase()}`,
      kind: 'deny',
      title: shownText(one.denyAssignmentName),
      scope: one.scope.toLowerCase(),
      ...(one.condition === undefined ? {} : { condition: shownText(one.condition, 4_000) }),
      except: one.excludePrincipals.map(({ id }) => id.toLowerCase()),
    } as const;
    for (const { id } of one.principals) add(card, { principal: id.toLowerCase(), assignment: one.id });
  }
  const edges = escalationGraph(snapshot, around.environment ?? environmentOf(collection)).edges;
  const change = smallestChange(snapshot, createDecider(snapshot));
  const ways = escalationCards(edges, collection.memberOf, change);
  const accesses = [...cards.values(), ...ways];
  const { asked, scopes } = scopesOf(collection, accesses, around);
  return {
    collectedAt: collection.collectedAt,
    asked,
    principals: principalsOf(collection, accesses, around.names),
    memberships: Object.entries(collection.memberOf ?? {}).flatMap(([member, groups]) =>
      groups.map((group) => ({ member: member.toLowerCase(), group: group.toLowerCase() })),
    ),
    accesses,
    scopes,
    unreadable: [...collection.unreadable.map(({ part }) => part), ...(around.unreadable ?? [])].map((part) =>
      shownText(part, 1_000),
    ),
  };
}

function scopesOf(
  collection: AccessCollection,
  accesses: readonly GraphAccess[],
  around: Surroundings,
): Pick<AccessGraphData, 'asked' | 'scopes'> {
  const { scopes, parents, roleAssignments, eligibleAssignments = [], denyAssignments = [] } = collection;
  const given = [...roleAssignments, ...eligibleAssignments, ...denyAssignments].map(({ scope }) => scope);
  // As they were written first: the first of two spellings is the one that is shown.
  const all = [...scopes, ...(around.scopes ?? []), ...given, ...accesses.map(({ scope }) => scope)];
  const tree = scopeTree(all, parents).map((one) => ({ ...one, name: shownText(one.name) }));
  return { asked: scopes.map((scope) => scope.toLowerCase()), scopes: tree };
}

/** Workspaces and storage accounts that the collection names. Which computes run as whom it does not say. */
function environmentOf({ scopes, roleAssignments }: AccessCollection): EscalationEnvironment {
  const ids = [...scopes, ...roleAssignments.map(({ scope }) => scope)];
  const distinct = [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
  const isOf = (type: string) => (id: string) =>
    new RegExp(String.raw`/providers/${type}/[^/]+$`, 'i').test(id);
  return {
    workspaces: distinct.filter(isOf('microsoft.machinelearningservices/workspaces')),
    storageAccounts: distinct.filter(isOf('microsoft.storage/storageaccounts')),
  };
}

/** One card for what leads from a scope to the same thing by the same step. A member of a group that can is not named again. */
function escalationCards(
  edges: readonly EscalationEdge[],
  memberOf: AccessCollection['memberOf'],
  change: SmallestChange,
): readonly GraphAccess[] {
  const byCard = new Map<string, EscalationEdge[]>();
  const groupsOf = remembered((id) => [...principalPaths(id, memberOf).keys()].slice(1));
  for (const edge of edges) {
    if (edge.from.kind !== 'principal') continue;
    const key = `escalation|${edge.step}|${edge.to.kind}|${edge.to.id.toLowerCase()}|${scopeOf(edge)}`;
    byCard.set(key, [...(byCard.get(key) ?? []), edge]);
  }
  return [...byCard].flatMap(([id, same]) => {
    const [first] = same;
    if (first === undefined) return [];
    const can = new Set(same.map(({ from }) => from.id));
    const holders = new Map<string, GraphHolder>();
    for (const { from, role, isCertain } of same) {
      const byGroup = groupsOf(from.id).some((group) => can.has(group));
      const isKnown = holders.get(from.id)?.isCertain === true;
      if (byGroup || isKnown) continue;
      const name = role === undefined ? undefined : shownText(role.roleName);
      holders.set(from.id, { principal: from.id, isCertain, ...(name === undefined ? {} : { role: name }) });
    }
    const ways = new Map(same.map(({ needs }) => [JSON.stringify(needs), needs]));
    const ended = (some: readonly EscalationEdge[]): Pick<GraphHolder, 'endedBy'> => {
      const endedBy = change(some);
      return endedBy === undefined ? {} : { endedBy };
    };
    return [
      {
        id,
        kind: 'escalation' as const,
        title: first.step,
        scope: scopeOf(first),
        step: first.step,
        to: first.to,
        ways: [...ways.values()],
        holders: [...holders].map(([id, holder]) => ({
          ...holder,
          ...ended(same.filter(({ from }) => from.id === id)),
        })),
        ...ended(same),
      },
    ];
  });
}

function remembered(find: (id: string) => readonly string[]): (id: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (id) => {
    const found = known.get(id) ?? find(id);
    known.set(id, found);
    return found;
  };
}

/** Where the step is taken: for what is part of a workspace, the workspace. */
function scopeOf({ to, needs }: EscalationEdge): string {
  const at = to.kind === 'principal' ? (needs.at(-1)?.scope ?? '/') : to.id;
  return topOf(at).toLowerCase();
}

function topOf(scope: string): string {
  try {
    return parseScope(scope).topResourceId ?? scope;
  } catch {
    return scope;
  }
}

const KINDS: Readonly<Record<string, GraphPrincipalKind>> = {
  User: 'user',
  Group: 'group',
  ForeignGroup: 'group',
  ServicePrincipal: 'servicePrincipal',
  Device: 'device',
};

function principalsOf(
  { roleAssignments, eligibleAssignments = [], memberOf = {} }: AccessCollection,
  accesses: readonly GraphAccess[],
  names: ReadonlyMap<string, Principal> | undefined,
): readonly GraphPrincipal[] {
  const types = new Map<string, string>();
  for (const { principalId, principalType } of [...roleAssignments, ...eligibleAssignments])
    if (principalType !== undefined) types.set(principalId.toLowerCase(), principalType);
  const groups = Object.values(memberOf).flat();
  for (const group of groups) types.set(group.toLowerCase(), 'Group');
  const targets = accesses.flatMap(({ to }) => (to?.kind === 'principal' ? [to.id] : []));
  const holders = accesses.flatMap((one) => one.holders.map(({ principal }) => principal));
  const ids = [...holders, ...targets, ...Object.keys(memberOf), ...groups].map((id) => id.toLowerCase());
  return [...new Set(ids)].toSorted().map((id) => {
    const known = names?.get(id);
    const type = known?.type ?? types.get(id) ?? '';
    const detail = known?.userPrincipalName ?? known?.appId;
    return {
      id,
      kind:
        id === EVERYONE
          ? 'everyone'
          : known?.managedIdentity === true
            ? 'managedIdentity'
            : (KINDS[type] ?? 'unknown'),
      name: shownText(known?.displayName ?? id),
      ...(detail === undefined ? {} : { detail: shownText(detail) }),
    };
  });
}
