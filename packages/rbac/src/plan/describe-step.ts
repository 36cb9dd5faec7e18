import type { PlanStep } from './access-plan.js';

/** What a step does, in words. */
export function describeStep(step: PlanStep): string {
  switch (step.kind) {
    case 'createRole':
      return `create the role ${step.role.name} (${step.role.id})`;
    case 'updateRole':
      return `change ${step.parts.join(', ')} of the role ${step.before.roleName} (${step.role.id})`;
    case 'deleteRole':
      return `delete the role ${step.before.roleName} (${step.before.id})`;
    case 'createAssignment': {
      const { roleName, principalId, scope } = step.assignment;
      const place = step.replaces === undefined ? '' : `, in place of ${step.replaces}`;
      return `assign ${roleName} to ${principalId} at ${scope}${place}`;
    }
    case 'updateAssignment':
      return `change ${step.parts.join(' and ')} of ${step.assignment.roleName} for ${step.before.principalId} at ${step.before.scope}`;
    case 'deleteAssignment': {
      const why = step.isReplaced ? 'which is replaced' : 'which is not wanted';
      return `take ${step.roleName} from ${step.before.principalId} at ${step.before.scope}, ${why}`;
    }
  }
}
