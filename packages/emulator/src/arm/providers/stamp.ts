import type { Authorship } from '../../core/access-rows.js';
import type { ArmContext } from '../arm-context.js';

/** Who made and who last changed an entry: the caller, now, and before that whoever made it. */
export function stamp({ call, caller, tenantId }: ArmContext, before: Authorship | undefined): Authorship {
  const now = call.world.clock.now();
  return {
    tenantId,
    createdOn: before?.createdOn ?? now,
    createdBy: before === undefined ? caller.objectId : before.createdBy,
    updatedOn: now,
    updatedBy: caller.objectId,
  };
}
