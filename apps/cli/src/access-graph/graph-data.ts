import type { EscalationNeed, EscalationNode, EscalationStep } from '@aml-auth/permissions';

/** What a principal is, as far as it is known. */
export type GraphPrincipalKind =
  'user' | 'group' | 'servicePrincipal' | 'managedIdentity' | 'device' | 'everyone' | 'unknown';

/** Who has access. */
export interface GraphPrincipal {
  /** Object id in lower case. */
  readonly id: string;
  readonly kind: GraphPrincipalKind;
  /** Display name; the object id where it is not known. */
  readonly name: string;
  /** User principal name or application id. */
  readonly detail?: string | undefined;
}

/** Where access is given. */
export interface GraphScope {
  /** In lower case. */
  readonly id: string;
  /** As it was written. */
  readonly path: string;
  readonly level: 'root' | 'managementGroup' | 'subscription' | 'resourceGroup' | 'resource';
  readonly name: string;
  /** For a resource: its type without the provider. */
  readonly type?: string | undefined;
  /** Id of the next scope above that is in the graph. */
  readonly parent?: string | undefined;
  /** Scopes above it, for indentation. */
  readonly depth: number;
}

/** Who has it, and by what. */
export interface GraphHolder {
  readonly principal: string;
  /** Resource id of the role assignment or deny assignment. */
  readonly assignment?: string | undefined;
  /** For an escalation under a condition: the role to give to oneself first. */
  readonly role?: string | undefined;
  /** False where it hangs on a condition that is not settled. */
  readonly isCertain?: boolean | undefined;
  /** For an escalation: the fewest role assignments without which this principal cannot take the step. */
  readonly endedBy?: readonly string[] | undefined;
}

/** A role at a scope, a refusal at a scope, or a way to more than one has. */
export interface GraphAccess {
  readonly id: string;
  readonly kind: 'role' | 'eligible' | 'deny' | 'escalation';
  /** Name of the role or of the deny assignment. */
  readonly title: string;
  readonly scope: string;
  readonly condition?: string | undefined;
  readonly isCustom?: boolean | undefined;
  readonly step?: EscalationStep | undefined;
  /** What an escalation leads to. */
  readonly to?: EscalationNode | undefined;
  /** Ways to take the step; each lists all that it needs. */
  readonly ways?: readonly (readonly EscalationNeed[])[] | undefined;
  readonly holders: readonly GraphHolder[];
  /** For an escalation: the fewest role assignments without which nobody can take the step. */
  readonly endedBy?: readonly string[] | undefined;
  /** Whom a deny assignment leaves out. */
  readonly except?: readonly string[] | undefined;
}

/** Everything on the page, and the answer of `-o json`. */
export interface AccessGraphData {
  readonly collectedAt: string;
  readonly asked: readonly string[];
  readonly principals: readonly GraphPrincipal[];
  /** Direct memberships. */
  readonly memberships: readonly { readonly member: string; readonly group: string }[];
  readonly accesses: readonly GraphAccess[];
  /** Each after the scope above it. */
  readonly scopes: readonly GraphScope[];
  /** What could not be read. */
  readonly unreadable: readonly string[];
}
