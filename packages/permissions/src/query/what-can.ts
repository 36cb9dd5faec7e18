import { azureMlOperations } from '../catalogue/azure-ml-operations.js';
import { createDecider } from '../decide/create-decider.js';
import type { AccessRequest, AccessSnapshot, Decision, Verdict } from '../types.js';

/** Whose access at which scope, over which operations. */
export interface AccessSubject extends Pick<AccessRequest, 'principalId' | 'scope' | 'attributes'> {
  /** Operations of the control plane, without wildcards. Default: the published ones of Azure Machine Learning. */
  readonly actions?: readonly string[] | undefined;
  /** Operations of the data plane, without wildcards. Default: none. */
  readonly dataActions?: readonly string[] | undefined;
}

/** Every operation asked about, by what became of it, in the order given. */
export interface AccessOverview extends Readonly<Record<Verdict, readonly Decision[]>> {
  /** Those of `notAllowed` and `unknown` that an activation would allow; one whose condition is open is not among them. */
  readonly eligible: readonly Decision[];
}

/** What a principal may do at a scope: every operation decided. Never throws. */
export function whatCan(snapshot: AccessSnapshot, subject: AccessSubject): AccessOverview {
  const decider = createDecider(snapshot);
  const { principalId, scope, attributes, dataActions = [] } = subject;
  const actions = subject.actions ?? azureMlOperations.map(({ name }) => name);
  const decisions = [
    ...actions.map((action) => decider({ principalId, scope, attributes, action })),
    ...dataActions.map((action) => decider({ principalId, scope, attributes, action, isDataAction: true })),
  ];
  const of = (verdict: Verdict): readonly Decision[] =>
    decisions.filter((decision) => decision.verdict === verdict);
  return {
    allowed: of('allowed'),
    notAllowed: of('notAllowed'),
    denied: of('denied'),
    unknown: of('unknown'),
    eligible: decisions.filter(isEligible),
  };
}

/** Whether an activation would allow it for sure, as far as role assignments go. */
export function isEligible({ eligible, denials }: Decision): boolean {
  return denials.length === 0 && eligible.some(({ residual }) => residual === undefined);
}
