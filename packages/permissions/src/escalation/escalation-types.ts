import type { RoleDefinition } from '../types.js';

/** A managed identity, and what runs code as it. */
export interface ManagedIdentityUse {
  /** Object id of its service principal. */
  readonly principalId: string;
  /** Resource ids of the computes and online endpoints that run as it. */
  readonly usedBy: readonly string[];
  /** For a user-assigned one: its resource id. */
  readonly resourceId?: string | undefined;
}

/** What a snapshot of role assignments does not know. */
export interface EscalationEnvironment {
  /** Resource ids of workspaces. */
  readonly workspaces?: readonly string[] | undefined;
  /** Managed identities and the computes and endpoints that run as them. Default: none. */
  readonly identities?: readonly ManagedIdentityUse[] | undefined;
  /** Resource ids of storage accounts that open by key. */
  readonly storageAccounts?: readonly string[] | undefined;
}

/** What someone can become, or get hold of. */
export type EscalationNode =
  /** A user, group, service principal or managed identity, by its object id in lower case. */
  | { readonly kind: 'principal'; readonly id: string }
  /** Every permission at a scope and below it: who may assign roles there may have them all. */
  | { readonly kind: 'control'; readonly id: string }
  /** The keys of a workspace or storage account, behind which nobody asks for roles. */
  | { readonly kind: 'keys'; readonly id: string };

/** A permission that a step needs. */
export interface EscalationNeed {
  /** An operation, such as `Microsoft.MachineLearningServices/workspaces/computes/write`. */
  readonly action: string;
  /** Where it has to be allowed. */
  readonly scope: string;
}

/**
 * How a step is made: `assignRoles` – by a role given to oneself; `editRole` – by widening a custom role that one
 * holds; `runJob` – by code on a compute; `deployModel` – by code behind an online endpoint;
 * `assignIdentity` – by a compute made with the identity; `listKeys`.
 */
export type EscalationStep =
  'assignRoles' | 'editRole' | 'runJob' | 'deployModel' | 'assignIdentity' | 'listKeys';

/** A "can become" edge. */
export interface EscalationEdge {
  /** Who can go the step. */
  readonly from: EscalationNode;
  /** What the step leads to. */
  readonly to: EscalationNode;
  /** How it is made. */
  readonly step: EscalationStep;
  /** What makes it possible; all of them together. */
  readonly needs: readonly EscalationNeed[];
  /** For a delegate under a condition: the role that has to be assigned to oneself first. */
  readonly role?: RoleDefinition | undefined;
  /** False where it hangs on a condition that is not settled. */
  readonly isCertain: boolean;
}

/** A way to something, whoever may go it. */
export interface EscalationRoute {
  readonly to: EscalationNode;
  readonly step: EscalationStep;
  readonly needs: readonly EscalationNeed[];
}
