import type { Decision } from '@aml-auth/permissions';

/** Longest text in a header, in characters. */
const LIMIT = 2_000;

/** A decision in one line of printable ASCII, for the header `x-emu-decision`. */
export function describeDecision(decision: Decision): string {
  const parts = [
    decision.verdict === 'allowed' ? 'allow' : 'deny',
    `action=${decision.request.action}`,
    `scope=${decision.request.scope}`,
  ];
  const grant = decision.grants[0];
  const denial = decision.denials[0];
  const nearest = decision.nearMisses[0];
  if (decision.verdict === 'allowed' && grant !== undefined) {
    parts.push(`role=${grant.role.roleName}`, `assignment=${grant.assignment.id}`);
    if (grant.through.length > 0) parts.push(`through=${grant.through.join(',')}`);
  } else if (denial !== undefined) {
    parts.push(`deny-assignment=${denial.denyAssignment.denyAssignmentName}`);
  } else if (nearest !== undefined) {
    parts.push(`nearest-role=${nearest.role?.roleName ?? 'unknown'}`, `reason=${nearest.reason}`);
    if (nearest.residual !== undefined) parts.push(`unsettled=${nearest.residual}`);
    if (nearest.excludedBy !== undefined) parts.push(`excluded-by=${nearest.excludedBy}`);
  } else {
    parts.push('nearest-role=none');
  }
  return printableAscii(parts.map((part) => part.replaceAll(';', ',')).join('; '));
}

/** The text as a header may carry it: clients refuse headers of more than 16 KiB. */
export function printableAscii(text: string): string {
  return text.slice(0, LIMIT).replaceAll(/[^\x20-\x7e]/g, '?');
}
