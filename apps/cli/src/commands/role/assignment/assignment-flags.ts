import { principalTypeFlag, whoFlag, type NamedType } from '../../../access/principal-reference.js';
import { scopeFlags, type ScopeFlags } from '../../../access/scope-flags.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { textFlag } from '../../../settings/text-flag.js';

/** Options that say whose role at which scope. */
export interface AssignmentFlags extends DataFlags, ScopeFlags {
  readonly assignee?: string | undefined;
  readonly assigneePrincipalType?: NamedType | undefined;
  readonly role?: string | undefined;
}

/** How {@link AssignmentFlags} are parsed. */
export const assignmentFlags = {
  assignee: whoFlag,
  assigneePrincipalType: principalTypeFlag,
  role: textFlag('Role by name or id', 'role'),
  ...scopeFlags,
  ...signInFlags,
  ...outputFlags,
} as const;
