import { roleAssignmentId, roleDefinitionId } from '../../core/arm-ids.js';
import { idFor } from '../../core/ids.js';
import type { ArmContext } from '../arm-context.js';
import { stamp } from './stamp.js';

/** Gives the caller a role that Azure gives by itself, at a scope above subscriptions; nothing where it is there. */
export function assignRole(context: ArmContext, role: string, scope: string): void {
  const { call, caller, tenantId } = context;
  const name = idFor('assigned-by-azure', tenantId, scope, caller.objectId, role);
  if (call.world.store.get('roleAssignments', name) !== undefined) return;
  call.world.store.put('roleAssignments', name, {
    id: roleAssignmentId(scope, name),
    name,
    scope,
    principalId: caller.objectId,
    principalType: caller.kind === 'User' ? 'User' : 'ServicePrincipal',
    roleDefinitionId: roleDefinitionId('/', role),
    description: null,
    ...stamp(context, undefined),
  });
}
