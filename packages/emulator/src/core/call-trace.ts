import type { AccessSubject, Evaluation } from '../conditional-access/evaluate-access.js';

/** What Azure RBAC decided about the request itself. */
export interface RbacTrace {
  readonly verdict: 'allowed' | 'refused';
  readonly action: string;
  readonly scope: string;
  readonly tenantId: string;
  /** Object id of the caller. */
  readonly principalId: string;
  readonly principalType: 'User' | 'ServicePrincipal';
  /** The role that allowed it, or came nearest. */
  readonly role?: string;
  /** The assignment that allowed it. */
  readonly assignment?: string;
  /** The groups through which the caller has the assignment. */
  readonly through?: readonly string[];
  /** The name of the deny assignment that refuses it, whatever the roles say. */
  readonly denyAssignment?: string;
  /** Why the nearest role does not allow it: `noMatch`, `excluded`, `conditionUnmet` and the like. */
  readonly reason?: string;
}

/** What Conditional Access said to a request for a token. */
export interface AccessTrace {
  readonly subject: Pick<AccessSubject, 'kind' | 'id'>;
  readonly tenantId: string;
  readonly evaluation: Evaluation;
}

/** What the parts of the cloud note about a call while they work on it, for the record of requests. */
export interface CallTrace {
  rbac?: RbacTrace;
  conditionalAccess?: AccessTrace;
  /** Id of the fault that happened. */
  fault?: string;
  /** A step of a sign-in on the pages. */
  signIn?: SignInTrace;
}

/** Who took which step of a sign-in. */
export interface SignInTrace {
  readonly clientId: string;
  /** What the person typed. */
  readonly username: string;
  /** Object id, once it is known. */
  readonly userId?: string | undefined;
  readonly tenantId?: string | undefined;
  /** The error that the page shows; undefined where the sign-in goes on. */
  readonly problem?: string | undefined;
}
