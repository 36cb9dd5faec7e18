import { redact } from '@aml-auth/core';

import type { AccessProposal } from '../advise/what-would-allow.js';
import type { Denial, EligibleGrant, NearMiss } from '../types.js';

/** Who could not do what, and where. */
export interface FixTarget {
  /** Object id of whoever was refused. */
  readonly principalId: string;
  /** The operation that was refused. */
  readonly action: string;
  /** Where it was refused. */
  readonly scope: string;
}

/** Something that may be done about a refusal. */
export type AccessFix = FixTarget &
  (
    | {
        /** To sign in again, or to check that the scope is spelled right. */
        readonly kind: 'refreshCredentials' | 'checkScope';
      }
    /** To activate an assignment in Privileged Identity Management. */
    | { readonly kind: 'activate'; readonly eligible: EligibleGrant }
    /** To meet the condition of an assignment; undefined where no snapshot shows it. */
    | { readonly kind: 'meetCondition'; readonly nearMiss: NearMiss | undefined }
    /** To be excluded from a deny assignment; undefined where no snapshot shows it. */
    | { readonly kind: 'exemptFromDenial'; readonly denial: Denial | undefined }
    /** To create a role assignment. */
    | { readonly kind: 'assignRole'; readonly proposal: AccessProposal }
  );

const WRITE_ASSIGNMENT = 'microsoft.authorization/roleassignments/write';

/** A fix as an English sentence, fit for a terminal. */
export function describeFix(fix: AccessFix): string {
  return redact(text(fix));
}

function text(fix: AccessFix): string {
  const { principalId, action, scope } = fix;
  switch (fix.kind) {
    case 'refreshCredentials':
      return `Sign in again, so that the token is new: access that was granted a short while ago takes effect within minutes, in Azure Machine Learning within an hour.`;
    case 'checkScope':
      return `Make sure that ${scope} exists and is spelled so: the same error answers for what does not exist.`;
    case 'activate':
      return `Activate the eligible role "${fix.eligible.role.roleName}" at ${fix.eligible.assignment.scope} in Privileged Identity Management.`;
    case 'meetCondition':
      return `Meet the condition${ofCondition(fix.nearMiss)}.${principalTypeHint(action)}`;
    case 'exemptFromDenial':
      return `Have ${principalId} excluded from the deny assignment${ofDenial(fix.denial)}; no role gets past it.`;
    case 'assignRole': {
      const { role, scope: at, changesAccess } = fix.proposal;
      const caution = changesAccess
        ? ' It may assign roles itself, which leads to every other permission.'
        : '';
      return `Assign "${role.roleName}" (${role.id}) to ${principalId} at ${at}.${caution}`;
    }
  }
}

function ofCondition(nearMiss: NearMiss | undefined): string {
  if (nearMiss === undefined) return ' of the role assignment that would grant it';
  const name = nearMiss.role?.roleName ?? nearMiss.assignment.roleDefinitionId;
  const left = nearMiss.residual === undefined ? '' : `: ${nearMiss.residual}`;
  return ` of the assignment of "${name}" at ${nearMiss.assignment.scope}${left}`;
}

function principalTypeHint(action: string): string {
  if (action.toLowerCase() !== WRITE_ASSIGNMENT) return '';
  return ' A condition on the type of the principal is met only where the request sends principalType.';
}

function ofDenial(denial: Denial | undefined): string {
  if (denial === undefined) return '';
  return ` "${denial.denyAssignment.denyAssignmentName}" at ${denial.denyAssignment.scope}`;
}
