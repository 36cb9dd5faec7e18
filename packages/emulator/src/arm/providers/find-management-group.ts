import type { ManagementGroup } from '../../core/access-rows.js';
import { managementTreeOf } from '../../core/management-groups.js';
import type { ArmContext } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';

/** The management group with that name in the tenant, or a refusal: 404 `ManagementGroupNotFound`. */
export function findManagementGroup({ call, tenantId }: ArmContext, name: string): ManagementGroup {
  const group = managementTreeOf(call.world.store, tenantId).find(name);
  if (group !== undefined) return group;
  throw armRefusal(404, 'ManagementGroupNotFound', `The management group '${name}' is not found.`);
}
