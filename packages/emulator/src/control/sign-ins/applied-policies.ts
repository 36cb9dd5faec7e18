import { readAccessPolicy, type AccessPolicy } from '../../conditional-access/access-policy.js';
import type { PolicyOutcome } from '../../conditional-access/evaluate-access.js';
import type { AccessTrace } from '../../core/call-trace.js';
import { isObject } from '../../core/json.js';
import type { ConditionalAccessPolicy } from '../../core/policy-rows.js';
import type { AppliedPolicy, SignIn } from './sign-in-log.js';

/** How the log spells the controls; others begin with a capital. */
const CONTROLS: Readonly<Record<string, string>> = {
  compliantDevice: 'RequireCompliantDevice',
  domainJoinedDevice: 'RequireDomainJoinedDevice',
};

/** What every policy of the tenant said, those that do not apply among them. */
export function appliedPolicies(
  rows: readonly ConditionalAccessPolicy[],
  trace: AccessTrace | undefined,
): readonly AppliedPolicy[] {
  return rows.map((row) => {
    const policy = readAccessPolicy(row);
    const outcome = trace?.evaluation.outcomes.find(({ id }) => id === row.id);
    const session = row.policy['sessionControls'];
    return {
      id: row.id,
      displayName: policy.name,
      controls: policy.controls.map(controlName),
      sessionControls: isObject(session)
        ? Object.keys(session)
            .filter((name) => isObject(session[name]))
            .map(capital)
        : [],
      result: resultOf(policy, outcome),
    };
  });
}

/** What the enforced policies came to. */
export function accessStatus(trace: AccessTrace | undefined): SignIn['conditionalAccess'] {
  const enforced = trace?.evaluation.outcomes.filter(({ reportOnly }) => !reportOnly) ?? [];
  if (enforced.length === 0) return 'notApplied';
  return trace?.evaluation.verdict === 'granted' ? 'success' : 'failure';
}

function resultOf({ state }: AccessPolicy, outcome: PolicyOutcome | undefined): AppliedPolicy['result'] {
  if (state === 'disabled') return 'notEnabled';
  if (state === 'reportOnly') return reportOnlyResult(outcome);
  if (outcome === undefined) return 'notApplied';
  return outcome.result === 'satisfied' ? 'success' : 'failure';
}

function reportOnlyResult(outcome: PolicyOutcome | undefined): AppliedPolicy['result'] {
  if (outcome === undefined) return 'reportOnlyNotApplied';
  if (outcome.result === 'satisfied') return 'reportOnlySuccess';
  // A person could still do what is missing.
  return outcome.missing.includes('mfa') ? 'reportOnlyInterrupted' : 'reportOnlyFailure';
}

function controlName(control: string): string {
  return CONTROLS[control] ?? capital(control);
}

function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
