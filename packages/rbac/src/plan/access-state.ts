import type { AccessSnapshot } from '@aml-auth/permissions';

import type { StoredRoleAssignment } from '../role-assignments/parse-role-assignment.js';

/** The access that is: as much as the scopes of a file need. `collectAccess` reads it. */
export interface AccessState extends AccessSnapshot {
  /** Active assignments with what Azure keeps beside them, those of activations included. */
  readonly roleAssignments: readonly StoredRoleAssignment[];
  /** Ids, in lower case, of assignments that Privileged Identity Management made for an activation: they end by themselves. */
  readonly activated?: readonly string[] | undefined;
}
