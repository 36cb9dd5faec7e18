import type { ConditionFacts } from './conditions/condition-facts.js';

/** One entry of a role definition's `permissions[]`. Entries are evaluated on their own, never merged. */
export interface PermissionEntry {
  /** Patterns of operations of the control plane that it grants; `*` stands for any text. */
  readonly actions: readonly string[];
  /**
   * Patterns of what `actions` of the same entry does not grant. No prohibition: another entry or role may
   * grant it.
   */
  readonly notActions: readonly string[];
  /** As `actions`, for operations on data. */
  readonly dataActions: readonly string[];
  /** As `notActions`, for operations on data. */
  readonly notDataActions: readonly string[];
  /** A condition in the language of Azure ABAC under which the entry counts; some built-in roles have one. */
  readonly condition?: string | undefined;
  /** The version of that language: `2.0`. */
  readonly conditionVersion?: string | undefined;
}

/** A role definition, built-in or custom. */
export interface RoleDefinition {
  /** The GUID alone, in lower case. Role names change; GUIDs do not. */
  readonly id: string;
  /** The name that people see, such as `AzureML Data Scientist`; unique in a tenant. */
  readonly roleName: string;
  /** What it is for, in its author's words. */
  readonly description?: string | undefined;
  /** Made by Microsoft, or by the tenant. */
  readonly roleType: 'BuiltInRole' | 'CustomRole';
  /** What it grants: each entry by itself. */
  readonly permissions: readonly PermissionEntry[];
  /** Where it may be assigned, and below: `/` for built-in roles. */
  readonly assignableScopes: readonly string[];
}

/** Kinds of principal that a role assignment can name. */
export type PrincipalType = 'User' | 'Group' | 'ServicePrincipal' | 'ForeignGroup' | 'Device';

/** A role assignment. */
export interface RoleAssignment {
  /** Its full resource id. */
  readonly id: string;
  /** Where it holds, and below it: a resource id. */
  readonly scope: string;
  /** Object id of the user, group, service principal or managed identity that has the role. */
  readonly principalId: string;
  /** What kind of principal it is. Undefined where nobody said so. */
  readonly principalType?: PrincipalType | undefined;
  /** The GUID alone, or a full resource id that ends in it. */
  readonly roleDefinitionId: string;
  /** A condition in the language of Azure ABAC under which the assignment counts. */
  readonly condition?: string | undefined;
  /** The version of that language: `2.0`. */
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
  /** Its full resource id. */
  readonly id: string;
  /** The name that Azure shows, such as that of a deployment stack or managed application. */
  readonly denyAssignmentName: string;
  /** Where it holds, and below it unless it says otherwise. */
  readonly scope: string;
  /** True where it holds at its own scope alone. */
  readonly doNotApplyToChildScopes: boolean;
  /** What it denies: `actions` and `dataActions`, without what `notActions` and `notDataActions` name. */
  readonly permissions: readonly PermissionEntry[];
  /** The id `00000000-0000-0000-0000-000000000000` stands for everyone. */
  readonly principals: readonly { readonly id: string }[];
  /** Object ids of whom it spares, members of these groups too. */
  readonly excludePrincipals: readonly { readonly id: string }[];
  /** A condition in the language of Azure ABAC: it denies only where the condition holds. */
  readonly condition?: string | undefined;
}

/** All that a decision is made from. Plain data: it can be stored, compared and sent. */
export interface AccessSnapshot {
  /** Definitions of all roles that assignments name; one that is missing makes decisions `unknown`. */
  readonly roleDefinitions: readonly RoleDefinition[];
  /** Active assignments, at every scope that matters, those of groups included. */
  readonly roleAssignments: readonly RoleAssignment[];
  /** Default: none, which makes a decision too friendly where there are some. */
  readonly denyAssignments?: readonly DenyAssignment[] | undefined;
  /**
   * Assignments that may be activated (Privileged Identity Management), those of groups included. They give
   * no access until then: a decision names them, and its verdict is the same without them.
   */
  readonly eligibleAssignments?: readonly RoleAssignment[] | undefined;
  /** Default: none. */
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
  /** The assignment that gives the access. */
  readonly assignment: RoleAssignment;
  /** The definition of its role. */
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
  /** The assignment that was looked at. */
  readonly assignment: RoleAssignment;
  /** Undefined where the snapshot does not hold the definition. */
  readonly role: RoleDefinition | undefined;
  /** Group ids from the principal to the assignment's principal; empty for a direct assignment. */
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
  /** What takes the access away. */
  readonly denyAssignment: DenyAssignment;
}

/** The answer with its proof. */
export interface Decision {
  /** The answer. Only `allowed` is a yes. */
  readonly verdict: Verdict;
  /** The question, as it was asked. */
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
