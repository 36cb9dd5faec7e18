import type { Settle } from '../conditions/settle-condition.js';
import type { RoleDefinition } from '../types.js';
import { createBoundedMap, type BoundedMap } from './bounded-map.js';
import { evaluatePermissions, isConditional, type PermissionsResult } from './evaluate-permissions.js';

/** What a role says about an operation. */
export type RoleJudge = (
  role: RoleDefinition,
  action: string | undefined,
  isDataAction: boolean,
  settle: Settle,
) => PermissionsResult;

/** Operations that are remembered of each role: more than Azure Machine Learning has. */
const CAPACITY = 300;

interface Answers {
  readonly control: BoundedMap<string, PermissionsResult>;
  readonly data: BoundedMap<string, PermissionsResult>;
}

/** Judges roles by `evaluatePermissions`, once for each operation where no entry has a condition. */
export function createRoleJudge(): RoleJudge {
  const known = new Map<RoleDefinition, Answers | undefined>();
  return (role, action, isDataAction, settle) => {
    const answers = known.has(role) ? known.get(role) : answersOf(role);
    known.set(role, answers);
    if (answers === undefined || action === undefined) {
      return evaluatePermissions(role.permissions, action, isDataAction, settle);
    }
    const plane = isDataAction ? answers.data : answers.control;
    const remembered = plane.get(action);
    if (remembered !== undefined) return remembered;
    const result = evaluatePermissions(role.permissions, action, isDataAction, settle);
    plane.set(action, result);
    return result;
  };
}

function answersOf({ permissions }: RoleDefinition): Answers | undefined {
  if (permissions.some(isConditional)) return undefined;
  return { control: createBoundedMap(CAPACITY), data: createBoundedMap(CAPACITY) };
}
