import { randomGuid } from '../../core/random.js';
import { reachable } from '../../core/memberships.js';
import type { Group } from '../../core/directory-rows.js';
import { emptyAnswer } from '../../http/answer.js';
import { findObjects, GROUPS } from '../directory-objects.js';
import { checkId, findGroup } from '../find-row.js';
import { listAnswer } from '../graph-answer.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import { badRequest, objectNotFound } from '../graph-refusal.js';
import { ownersOf } from '../owners-of.js';
import { invalidValue, optionalText, requiredText, type GraphBody } from '../read-graph-body.js';
import { readReference } from '../read-reference.js';
import { removeObject } from '../remove-object.js';
import { answerWith, readRoutes } from './read-routes.js';

const LONGEST_NAME = 256;
const LONGEST_DESCRIPTION = 1024;

const groupOf = (context: GraphContext): Group => findGroup(context, context.ids[0] ?? '');

/** `/groups` with their members. */
export const groupRoutes: GraphRoutes = {
  ...readRoutes(GROUPS, 'group.read', findGroup),
  'POST groups': { operation: 'group.create', handler: create },
  'PATCH groups/{}': {
    operation: 'group.write',
    owners: ownersOf(findGroup),
    handler(context) {
      const row = groupOf(context);
      context.call.world.store.put('groups', row.id, { ...row, ...readChanges(context.body()) });
      return emptyAnswer(204);
    },
  },
  'DELETE groups/{}': {
    operation: 'group.write',
    owners: ownersOf(findGroup),
    handler(context) {
      removeObject(context.call.world.store, 'groups', groupOf(context).id);
      return emptyAnswer(204);
    },
  },
  'GET groups/{}/members': {
    operation: 'group.read',
    handler: (context) => membersAnswer(context, groupOf(context).memberIds),
  },
  'GET groups/{}/transitiveMembers': {
    operation: 'group.read',
    handler(context) {
      const { store } = context.call.world;
      const members = reachable(groupOf(context).id, (id) => store.get('groups', id)?.memberIds ?? []);
      return membersAnswer(context, [...members]);
    },
  },
  'POST groups/{}/members/$ref': {
    operation: 'groupMember.write',
    owners: ownersOf(findGroup),
    handler(context) {
      const row = groupOf(context);
      const id = readReference(context);
      if (row.memberIds.includes(id)) {
        throw badRequest(
          "One or more added object references already exist for the following modified properties: 'members'.",
        );
      }
      context.call.world.store.put('groups', row.id, { ...row, memberIds: [...row.memberIds, id] });
      return emptyAnswer(204);
    },
  },
  'DELETE groups/{}/members/{}/$ref': {
    operation: 'groupMember.write',
    owners: ownersOf(findGroup),
    handler(context) {
      const row = groupOf(context);
      const id = checkId(context.ids[1] ?? '');
      if (!row.memberIds.includes(id)) throw objectNotFound(id);
      const memberIds = row.memberIds.filter((member) => member !== id);
      context.call.world.store.put('groups', row.id, { ...row, memberIds });
      return emptyAnswer(204);
    },
  },
};

function create(context: GraphContext): Response {
  const { call, tenantId } = context;
  const body = context.body();
  checkKind(body);
  if (body['mailEnabled'] === undefined)
    throw badRequest("A value is required for property 'mailEnabled' of resource 'Group'.");
  const id = randomGuid(call.world.random);
  call.world.store.put('groups', id, {
    id,
    tenantId,
    displayName: requiredText(body, 'displayName', LONGEST_NAME),
    mailNickname: requiredText(body, 'mailNickname', 64),
    description: optionalText(body, 'description', LONGEST_DESCRIPTION) ?? null,
    memberIds: [],
    ownerIds: [context.caller.objectId],
    createdAt: call.world.clock.now(),
  });
  return answerWith(context, 201, GROUPS, id);
}

/** Security groups are the only kind that counts for Azure RBAC. */
function checkKind(body: GraphBody): void {
  const types = body['groupTypes'] ?? [];
  const isSecurityGroup =
    body['securityEnabled'] === true && (body['mailEnabled'] ?? false) === false && Array.isArray(types);
  if (!isSecurityGroup || types.length > 0) {
    throw badRequest(
      'The emulator has security groups only: mailEnabled false, securityEnabled true, no groupTypes.',
    );
  }
}

function readChanges(body: GraphBody): Partial<Group> {
  const known = ['displayName', 'mailNickname', 'description'];
  const other = Object.keys(body).find((name) => !known.includes(name) && !name.startsWith('@odata.'));
  if (other !== undefined) throw invalidValue(other);
  return {
    ...('displayName' in body ? { displayName: requiredText(body, 'displayName', LONGEST_NAME) } : {}),
    ...('mailNickname' in body ? { mailNickname: requiredText(body, 'mailNickname', 64) } : {}),
    ...('description' in body
      ? { description: optionalText(body, 'description', LONGEST_DESCRIPTION) ?? null }
      : {}),
  };
}

function membersAnswer(context: GraphContext, ids: readonly string[]): Response {
  const { call, tenantId } = context;
  return listAnswer(context, 'directoryObjects', findObjects(call.world.store, tenantId, ids));
}
