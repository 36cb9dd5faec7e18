import type { DenyAssignment, PrincipalType, RoleAssignment, RoleDefinition } from '@aml-auth/permissions';

/** A management group. The root of the tree has the tenant id as its name, and no parent. */
export interface ManagementGroup extends Authorship {
  readonly name: string;
  readonly displayName: string;
  /** Name of the group above it. */
  readonly parent: string | null;
  /** Grows with every change. */
  readonly version: number;
}

/** A principal that a deny assignment names. */
export interface DeniedPrincipal {
  readonly id: string;
  /** `SystemDefined` with an id of zeros stands for everyone. */
  readonly type: 'User' | 'Group' | 'ServicePrincipal' | 'SystemDefined';
}

/** A deny assignment as it is kept. */
export interface StoredDenyAssignment extends DenyAssignment, Authorship {
  /** Its GUID. */
  readonly name: string;
  readonly description: string;
  readonly isSystemProtected: boolean;
  readonly principals: readonly DeniedPrincipal[];
  readonly excludePrincipals: readonly DeniedPrincipal[];
}

/** A role that a principal could activate in Privileged Identity Management. It allows nothing. */
export interface EligibleAssignment extends StoredAssignment {
  /** Milliseconds since the epoch. */
  readonly startsAt: number;
  /** Milliseconds since the epoch; null for no end. */
  readonly endsAt: number | null;
}

/** Somebody who managed a subscription before there was Azure RBAC. */
export interface ClassicAdministrator {
  readonly emailAddress: string;
  /** Such as `ServiceAdministrator;AccountAdministrator`. */
  readonly role: string;
}

/** Who made and last changed an entry of Azure RBAC, and when (milliseconds since the epoch). */
export interface Authorship {
  readonly tenantId: string;
  readonly createdOn: number;
  readonly updatedOn: number;
  readonly createdBy: string | null;
  readonly updatedBy: string | null;
}

/** A role definition that somebody made. */
export interface CustomRole extends RoleDefinition, Authorship {}

/** Key of a {@link CustomRole} in the table: two tenants may use the same GUID. */
export function roleKey(tenantId: string, guid: string): string {
  return `${tenantId}/${guid}`;
}

/** A role assignment as it is kept. */
export interface StoredAssignment extends RoleAssignment, Authorship {
  /** Its GUID. */
  readonly name: string;
  readonly principalType: PrincipalType;
  readonly description: string | null;
  /** Kept as it was given, where somebody else's tenant is managed. */
  readonly delegatedManagedIdentityResourceId?: string;
}
