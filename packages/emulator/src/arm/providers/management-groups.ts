import type { ManagementGroup } from '../../core/access-rows.js';
import { asText, isObject, parseObject } from '../../core/json.js';
import {
  managementGroupId,
  managementGroupKey,
  managementGroupName,
  MANAGEMENT_GROUPS,
  managementTreeOf,
  type ManagementTree,
} from '../../core/management-groups.js';
import { emptyAnswer, jsonAnswer } from '../../http/answer.js';
import { queryValue, type Call } from '../../http/call.js';
import { MANAGEMENT_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { linkedAuthorizationFailed } from '../linked-authorization-failed.js';
import { listAnswer } from '../list-answer.js';
import { removeWithin } from '../remove-within.js';
import { assignRole } from './assign-role.js';
import { findManagementGroup } from './find-management-group.js';
import { presentGroup, presentGroupInfo } from './present-management-group.js';
import { stamp } from './stamp.js';

const NAME = /^[\w().-]{1,89}[\w()-]$|^[\w()-]$/;
const WRITE = `${MANAGEMENT_GROUPS}/write`;
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

/**
 * `/providers/Microsoft.Management/managementGroups`. Writes are done at once. A new group needs the
 * right to write at its parent, as in a tenant whose hierarchy is protected; who makes it becomes its Owner.
 */
export const managementGroups: ArmType = {
  type: MANAGEMENT_GROUPS,
  apiVersions: MANAGEMENT_VERSIONS,
  decideAt(context) {
    if (context.call.method !== 'PUT' || treeOf(context).find(nameOf(context)) !== undefined)
      return undefined;
    // A body that cannot be read is refused afterwards.
    const parent = readParent(parseObject(context.call.body));
    return managementGroupId(parent ?? context.tenantId);
  },
  list: {
    rule: 'open',
    handler(context) {
      const { call, may } = context;
      const groups = treeOf(context).groups.filter(({ name }) =>
        may(`${MANAGEMENT_GROUPS}/read`, managementGroupId(name)),
      );
      return listAnswer(call, groups.map(presentGroupInfo), '$skipToken');
    },
  },
  get(context) {
    const group = findManagementGroup(context, nameOf(context));
    return jsonAnswer(200, presentGroup(group, treeOf(context), readExpand(context.call)));
  },
  put(context) {
    const body = context.body();
    const properties = isObject(body['properties']) ? body['properties'] : {};
    return save(context, asText(properties['displayName']), readParent(body));
  },
  patch(context) {
    findManagementGroup(context, nameOf(context));
    const body = context.body();
    const parent = managementGroupName(asText(body['parentGroupId']) ?? '');
    return save(context, asText(body['displayName']), parent);
  },
  delete(context) {
    const { call, tenantId } = context;
    const tree = treeOf(context);
    const group = tree.find(nameOf(context));
    if (group === undefined) return emptyAnswer(204);
    const { groups, subscriptions } = tree.childrenOf(group.name);
    if (group.parent === null || groups.length + subscriptions.length > 0) {
      const message = `The management group '${group.name}' is the root of the tenant or has children, and cannot be deleted.`;
      throw armRefusal(400, 'BadRequest', message);
    }
    removeWithin(call.world.store, managementGroupId(group.name), tenantId);
    call.world.store.remove('managementGroups', managementGroupKey(tenantId, group.name));
    return emptyAnswer(200);
  },
};

function save(
  context: ArmContext,
  displayName: string | undefined,
  wantedParent: string | undefined,
): Response {
  const { call, tenantId } = context;
  const tree = treeOf(context);
  const existing = tree.find(nameOf(context));
  const name = existing?.name ?? nameOf(context);
  if (!NAME.test(name)) {
    const message = `The management group name '${name}' is not valid: up to 90 letters, digits, '-', '_', '(', ')' and '.', the last one no '.'.`;
    throw armRefusal(400, 'InvalidManagementGroupName', message);
  }
  const parent = existing?.parent === null ? null : parentOf(context, tree, existing, wantedParent);
  const row: ManagementGroup = {
    name,
    displayName: displayName ?? existing?.displayName ?? name,
    parent,
    version: (existing?.version ?? 0) + 1,
    ...stamp(context, existing),
  };
  call.world.store.put('managementGroups', managementGroupKey(tenantId, name), row);
  if (existing === undefined) assignRole(context, OWNER, managementGroupId(name));
  return jsonAnswer(existing === undefined ? 201 : 200, presentGroup(row, treeOf(context), undefined));
}

/** Where the group goes: to move one, the caller must be able to write both parents too, except the root. */
function parentOf(
  context: ArmContext,
  tree: ManagementTree,
  existing: ManagementGroup | undefined,
  wanted: string | undefined,
): string {
  const { caller, may, path, tenantId } = context;
  const from = existing?.parent ?? undefined;
  if (wanted === undefined) return from ?? tenantId;
  const to = findManagementGroup(context, wanted).name;
  if (existing === undefined || from === undefined || from.toLowerCase() === to.toLowerCase()) return to;
  if ([to, ...tree.ancestorsOf(to)].some((name) => name.toLowerCase() === existing.name.toLowerCase())) {
    throw armRefusal(400, 'BadRequest', `The management group '${existing.name}' cannot lie in itself.`);
  }
  const lacking = [from, to]
    .filter((name) => name !== tenantId)
    .map(managementGroupId)
    .filter((id) => !may(WRITE, id));
  if (lacking.length === 0) return to;
  throw linkedAuthorizationFailed(caller, { action: WRITE, scope: path.id }, WRITE, lacking);
}

function treeOf({ call, tenantId }: ArmContext): ManagementTree {
  return managementTreeOf(call.world.store, tenantId);
}

function nameOf({ path }: ArmContext): string {
  return path.names[0] ?? '';
}

function readExpand(call: Call): 'children' | 'recurse' | 'path' | undefined {
  const expand = queryValue(call, '$expand')?.toLowerCase();
  if (expand === 'path' || expand === 'ancestors') return 'path';
  if (queryValue(call, '$recurse')?.toLowerCase() === 'true') return 'recurse';
  return expand === 'children' ? 'children' : undefined;
}

/** The name of the parent in `properties.details.parent.id`. */
function readParent(body: Readonly<Record<string, unknown>>): string | undefined {
  const properties = isObject(body['properties']) ? body['properties'] : {};
  const details = isObject(properties['details']) ? properties['details'] : {};
  const parent = isObject(details['parent']) ? details['parent'] : {};
  const id = asText(parent['id']);
  return id === undefined ? undefined : (managementGroupName(id) ?? id);
}
