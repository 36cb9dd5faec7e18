import type { ConditionFacts } from './conditions/condition-facts.js';

/** One entry of a role definition's `permissions[]`. Entries are evaluated on their own, never merged. */
export interface PermissionEntry {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  readonly condition?: string | undefined;
  readonly conditionVersion?: string | undefined;
}

/** A role definition, built-in or custom. */
export interface RoleDefinition {
  /** The GUID alone, in lower case. Role names change; GUIDs do not. */
  readonly id: string;
  readonly roleName: string;
  readonly description?: string | undefined;
  readonly roleType: 'BuiltInRole' | 'CustomRole';
  readonly permissions: readonly PermissionEntry[];
  readonly assignableScopes: readonly string[];
}

/** Kinds of principal that a role assignment can name. */
export type PrincipalType = 'User' | 'Group' | 'ServicePrincipal' | 'ForeignGroup' | 'Device';

/** A role assignment. */
export interface RoleAssignment {
  /** Its full resource id. */
  readonly id: string;
  readonly scope: string;
  readonly principalId: string;
  readonly principalType?: PrincipalType | undefined;
  /** The GUID alone, or a full resource id that ends in it. */
  readonly roleDefinitionId: string;
  readonly condition?: string | undefined;
  readonly conditionVersion?: string | undefined;
}

/**
 * A classic subscription administrator, as `classicAdministrators` lists it. Azure retired them in 2024: put
 * them into a snapshot only where the subscription still goes by them.
 */
export interface ClassicAdministrator {
  /** Object id. The list of Azure has an e-mail address, which the caller looks up. */
  readonly principalId: string;
  /** Such as `ServiceAdministrator;AccountAdministrator`. The account administrator alone has no access to resources. */
  readonly role: string;
  /** `/subscriptions/…` */
  readonly scope: string;
}

/** A deny assignment. It beats every role assignment. */
export interface DenyAssignment {
  readonly id: string;
  readonly denyAssignmentName: string;
  readonly scope: string;
  readonly doNotApplyToChildScopes: boolean;
  readonly permissions: readonly PermissionEntry[];
  /** The id `00000000-0000-0000-0000-000000000000` stands for everyone. */
  readonly principals: readonly { readonly id: string }[];
  readonly excludePrincipals: readonly { readonly id: string }[];
  readonly condition?: string | undefined;
}

/** All that a decision is made from. Plain data: it can be stored, compared and sent. */
export interface AccessSnapshot {
  readonly roleDefinitions: readonly RoleDefinition[];
  readonly roleAssignments: readonly RoleAssignment[];
  readonly denyAssignments?: readonly DenyAssignment[] | undefined;
  /**
   * Assignments that may be activated (Privileged Identity Management), those of groups included. They give
   * no access until then: a decision names them, and its verdict is the same without them.
   */
  readonly eligibleAssignments?: readonly RoleAssignment[] | undefined;
  readonly classicAdministrators?: readonly ClassicAdministrator[] | undefined;
  /** Direct group memberships: object id of a member (a group too) → object ids of its groups. */
  readonly memberOf?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Ancestors that ids do not show: `/subscriptions/…` or a management group's id → its parent management group's id. */
  readonly parents?: Readonly<Record<string, string>> | undefined;
}

/** The question: may this principal do this here? */
export interface AccessRequest extends Pick<ConditionFacts, 'attributes' | 'subOperation'> {
  /** Object id of a user, group, service principal or managed identity. */
  readonly principalId: string;
  /** An operation without wildcard, such as `Microsoft.MachineLearningServices/workspaces/read`. */
  readonly action: string;
  /** A resource id, such as `/subscriptions/…/workspaces/ws1`, or `/`. */
  readonly scope: string;
  /** True for a data-plane operation. Default false. */
  readonly isDataAction?: boolean | undefined;
}

/**
 * `allowed` – a role assignment grants it; `notAllowed` – none does; `denied` – a deny assignment
 * applies; `unknown` – it hangs on what is not known: an attribute that a condition looks at, or an
 * assigned role whose definition is missing. Only `allowed` is a yes.
 */
export type Verdict = 'allowed' | 'notAllowed' | 'denied' | 'unknown';

/** The very place in a role definition that decided. */
export interface EntryMatch {
  /** Index in `permissions[]`. */
  readonly entry: number;
  /** The pattern of `actions` or `dataActions` that matched. */
  readonly pattern: string;
  /** True where the match rests on a middle `*` standing for no segment at all, which no document states. */
  readonly zeroSegment: boolean;
}

/** A role assignment that grants the action. */
export interface Grant extends EntryMatch {
  readonly assignment: RoleAssignment;
  readonly role: RoleDefinition;
  /** Group ids from the principal to the assignment's principal; empty for a direct assignment. */
  readonly through: readonly string[];
}

/** An eligible assignment that would grant the action once it is activated. */
export interface EligibleGrant extends Grant {
  /** What is left of its condition and would decide; undefined where it has none, or is met. */
  readonly residual?: string | undefined;
}

/** An assignment at this scope that does not grant the action, and the reason. */
export interface NearMiss {
  readonly assignment: RoleAssignment;
  /** Undefined where the snapshot does not hold the definition. */
  readonly role: RoleDefinition | undefined;
  readonly through: readonly string[];
  /**
   * `condition`: a condition that cannot be settled by what is known; `conditionUnmet`: a condition
   * that is not fulfilled.
   */
  readonly reason: 'excluded' | 'noMatch' | 'condition' | 'conditionUnmet' | 'roleUnknown';
  /** For `excluded`, `condition` and `conditionUnmet`: the pattern that would have granted it. */
  readonly match?: EntryMatch | undefined;
  /** For `condition`: what is left of it and would decide; undefined where it cannot be read. */
  readonly residual?: string | undefined;
  /** For `excluded`: the pattern of `notActions` or `notDataActions` that took it away. */
  readonly excludedBy?: string | undefined;
}

/** A deny assignment that applies. */
export interface Denial extends EntryMatch {
  readonly denyAssignment: DenyAssignment;
}

/** The answer with its proof. */
export interface Decision {
  readonly verdict: Verdict;
  readonly request: AccessRequest;
  /**
   * Every assignment that grants it, the best founded first: without the zero-segment rule, then
   * the nearest scope. Also filled where a deny assignment takes the access away: go by the verdict.
   */
  readonly grants: readonly Grant[];
  /** For `denied`: the deny assignments that apply. Else those that would, under a condition not settled. */
  readonly denials: readonly Denial[];
  /**
   * Assignments that reach the scope and do not grant the action, the closest first: `excluded`,
   * `condition`, `conditionUnmet`, `roleUnknown`, `noMatch`, and in each the nearest scope first.
   */
  readonly nearMisses: readonly NearMiss[];
  /**
   * Where the verdict is `notAllowed` or `unknown`: eligible assignments that would allow it once they are
   * activated, the best founded first. Else empty: activation would change nothing.
   */
  readonly eligible: readonly EligibleGrant[];
}
