import type { RoleDefinition } from '@aml-auth/permissions';

import type { StoredRoleAssignment } from '../role-assignments/parse-role-assignment.js';
import type { RolePart } from '../role-definitions/same-role.js';
import type { WantedAssignment, WantedRole } from './access-file.js';

/** A custom role with its id. */
export type PlannedRole = WantedRole & {
  /** GUID, in lower case. */
  readonly id: string;
};

/** An assignment with the GUID and the name of its role. */
export interface PlannedAssignment extends WantedAssignment {
  /** GUID of the role, in lower case. */
  readonly roleDefinitionId: string;
  /** Name of the role, as Azure or the file has it. */
  readonly roleName: string;
}

/** One write. */
export type PlanStep =
  /** A custom role that is not there. */
  | { readonly kind: 'createRole'; readonly role: PlannedRole }
  | {
      readonly kind: 'updateRole';
      /** The role as it is to be. */
      readonly role: PlannedRole;
      /** The role as it is. */
      readonly before: RoleDefinition;
      /** What of it differs. */
      readonly parts: readonly RolePart[];
    }
  | {
      readonly kind: 'createAssignment';
      /** The assignment as it is to be. */
      readonly assignment: PlannedAssignment;
      /** Id of the assignment that it takes the place of, which is deleted by a step of its own. */
      readonly replaces?: string | undefined;
    }
  | {
      readonly kind: 'updateAssignment';
      /** The assignment as it is to be. */
      readonly assignment: PlannedAssignment;
      /** The assignment as it is. */
      readonly before: StoredRoleAssignment;
      /** What of it differs. */
      readonly parts: readonly ('condition' | 'description')[];
    }
  | {
      readonly kind: 'deleteAssignment';
      /** The assignment that goes. */
      readonly before: StoredRoleAssignment;
      /** Name of its role, or the role's GUID where no definition was collected. */
      readonly roleName: string;
      /** Whether another assignment takes its place. */
      readonly isReplaced: boolean;
    }
  /** A custom role that goes. */
  | { readonly kind: 'deleteRole'; readonly before: RoleDefinition };

/** Stable: texts change, codes do not. */
export type PlanProblemCode =
  | 'unknown-role'
  | 'ambiguous-role'
  | 'invalid-role'
  | 'role-not-custom'
  | 'outside-scopes'
  | 'not-assignable'
  | 'invalid-condition'
  | 'duplicate'
  | 'assignment-quota'
  | 'role-quota'
  | 'role-in-use'
  | 'last-administrator'
  | 'own-access';

/** What keeps a plan from being applied. */
export interface PlanProblem {
  /** What kind of problem it is. */
  readonly code: PlanProblemCode;
  /** A sentence. */
  readonly message: string;
  /** Name of the role, or principal, role and scope of the assignment, or the scope that it is about. */
  readonly subject: string;
}

/** What leads from the access that is to the access that should be. */
export interface AccessPlan {
  /** In an order that keeps access: roles first, then what gives access, then what takes it away, then roles that go. */
  readonly steps: readonly PlanStep[];
  /** Assignments that are there as wanted, under a name that this package did not give. They are left as they are. */
  readonly adopted: readonly StoredRoleAssignment[];
  /** How many roles and assignments are there as wanted, the adopted ones included. */
  readonly unchanged: number;
  /** What is owned and not wanted, and stays because the file does not prune. */
  readonly unmanaged: {
    readonly assignments: readonly StoredRoleAssignment[];
    readonly roles: readonly RoleDefinition[];
  };
  /** Where this is not empty the plan is not applied. */
  readonly problems: readonly PlanProblem[];
}

/** Whether access is not as it should be, or there is access that nobody wrote down. */
export function hasDrift({ steps, unmanaged }: AccessPlan): boolean {
  return steps.length > 0 || unmanaged.assignments.length > 0 || unmanaged.roles.length > 0;
}
