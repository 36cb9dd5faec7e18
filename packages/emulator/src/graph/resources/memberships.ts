import { membershipsOf } from '../../core/memberships.js';
import { jsonAnswer } from '../../http/answer.js';
import { findObject, GROUPS, withType, type GraphObject } from '../directory-objects.js';
import { checkId, findGroup, findServicePrincipal, findUser } from '../find-row.js';
import { listAnswer } from '../graph-answer.js';
import type { GraphContext, GraphEndpoint, GraphRoutes } from '../graph-context.js';
import type { GraphOperation } from '../graph-permissions.js';
import { objectNotFound } from '../graph-refusal.js';
import { meId } from '../me-id.js';
import { invalidValue, optionalTexts } from '../read-graph-body.js';

/** Whose memberships a path asks for. */
interface Subject {
  readonly prefix: string;
  readonly operation: GraphOperation;
  readonly idOf: (context: GraphContext) => string;
}

const MOST_CHECKED = 20;

const keyOf = ({ ids }: GraphContext): string => ids[0] ?? '';

const SUBJECTS: readonly Subject[] = [
  { prefix: 'me', operation: 'me.read', idOf: meId },
  {
    prefix: 'users/{}',
    operation: 'membership.read',
    idOf: (context) => findUser(context, keyOf(context)).id,
  },
  {
    prefix: 'groups/{}',
    operation: 'membership.read',
    idOf: (context) => findGroup(context, keyOf(context)).id,
  },
  {
    prefix: 'servicePrincipals/{}',
    operation: 'membership.read',
    idOf: (context) => findServicePrincipal(context, keyOf(context)).id,
  },
  {
    prefix: 'directoryObjects/{}',
    operation: 'membership.read',
    idOf(context) {
      const id = checkId(keyOf(context));
      if (findObject(context.call.world.store, context.tenantId, id) === undefined) throw objectNotFound(id);
      return id;
    },
  },
];

/** Which groups users, groups and service principals are in. */
export const membershipRoutes: GraphRoutes = Object.assign(
  {},
  ...SUBJECTS.flatMap((subject) => [
    listRoute(subject, 'memberOf', directGroups),
    listRoute(subject, 'transitiveMemberOf', allGroups),
    idsRoute(subject, 'getMemberGroups'),
    idsRoute(subject, 'getMemberObjects'),
    checkRoute(subject, 'checkMemberGroups', 'groupIds'),
    checkRoute(subject, 'checkMemberObjects', 'ids'),
  ]),
) as GraphRoutes;

function directGroups({ call, tenantId }: GraphContext, id: string): readonly string[] {
  return membershipsOf(call.world.store, tenantId).memberOf[id] ?? [];
}

function allGroups({ call, tenantId }: GraphContext, id: string): readonly string[] {
  return [...membershipsOf(call.world.store, tenantId).groupsOf(id)];
}

/** The list, and the same cast to groups: no other kind of object has members here. */
function listRoute(
  { prefix, operation, idOf }: Subject,
  name: string,
  groups: (context: GraphContext, id: string) => readonly string[],
): GraphRoutes {
  const endpoint = (contextName: string): GraphEndpoint => ({
    operation,
    handler(context) {
      const found = groups(context, idOf(context)).map((id) => groupObject(context, id));
      return listAnswer(context, contextName, found);
    },
  });
  return {
    [`GET ${prefix}/${name}`]: endpoint('directoryObjects'),
    [`GET ${prefix}/${name}/microsoft.graph.group`]: endpoint('groups'),
  };
}

function groupObject({ call, tenantId }: GraphContext, id: string): GraphObject {
  const group = GROUPS.get(call.world.store, tenantId, id);
  return group === undefined ? { id } : withType(GROUPS, group);
}

/** `securityEnabledOnly` changes nothing: there are security groups only. */
function idsRoute({ prefix, operation, idOf }: Subject, name: string): GraphRoutes {
  return {
    [`POST ${prefix}/${name}`]: {
      operation,
      handler(context) {
        const only = context.body()['securityEnabledOnly'] ?? false;
        if (typeof only !== 'boolean') throw invalidValue('securityEnabledOnly');
        return idsAnswer(context, allGroups(context, idOf(context)));
      },
    },
  };
}

function checkRoute({ prefix, operation, idOf }: Subject, name: string, field: string): GraphRoutes {
  return {
    [`POST ${prefix}/${name}`]: {
      operation,
      handler(context) {
        const asked = optionalTexts(context.body(), field, MOST_CHECKED);
        if (asked === undefined) throw invalidValue(field);
        const groups = new Set(allGroups(context, idOf(context)));
        return idsAnswer(
          context,
          asked.map((id) => id.toLowerCase()).filter((id) => groups.has(id)),
        );
      },
    },
  };
}

function idsAnswer({ base }: GraphContext, value: readonly string[]): Response {
  return jsonAnswer(200, { '@odata.context': `${base}/$metadata#Collection(Edm.String)`, value });
}
