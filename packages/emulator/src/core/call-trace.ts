import type { AccessSubject, Evaluation } from '../conditional-access/evaluate-access.js';

/** What Azure RBAC decided about the request itself. */
export interface RbacTrace {
  /** Whether the request went on. */
  readonly verdict: 'allowed' | 'refused';
  /** The operation that was asked for. */
  readonly action: string;
  /** The resource id where it was asked for. */
  readonly scope: string;
  /** The tenant of the caller's token. */
  readonly tenantId: string;
  /** Object id of the caller. */
  readonly principalId: string;
  /** As the token says; a managed identity is a `ServicePrincipal`. */
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
  /** Who wanted the token: kind and object id. */
  readonly subject: Pick<AccessSubject, 'kind' | 'id'>;
  /** The tenant whose policies were looked at. */
  readonly tenantId: string;
  /** What they said. */
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
