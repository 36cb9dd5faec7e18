import type { ResourceStamp } from '../../../core/workspace-resource-rows.js';
import type { ArmContext } from '../../arm-context.js';

/** Who makes or changes a resource: the caller, now. */
export function stampResource(
  { call, caller }: ArmContext,
  existing: ResourceStamp | undefined,
): ResourceStamp {
  const now = call.world.clock.now();
  return {
    createdAt: existing?.createdAt ?? now,
    createdBy: existing?.createdBy ?? caller.name,
    createdByType: existing?.createdByType ?? caller.kind,
    creatorId: existing === undefined ? caller.objectId : existing.creatorId,
    modifiedAt: now,
    modifiedBy: caller.name,
    modifiedByType: caller.kind,
  };
}

/** `systemData` of a resource. */
export function systemDataOf(row: ResourceStamp): Record<string, string> {
  return {
    createdAt: new Date(row.createdAt).toISOString(),
    createdBy: row.createdBy,
    createdByType: row.createdByType,
    lastModifiedAt: new Date(row.modifiedAt).toISOString(),
    lastModifiedBy: row.modifiedBy,
    lastModifiedByType: row.modifiedByType,
  };
}
