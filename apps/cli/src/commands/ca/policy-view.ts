import { demandsOf, policyReach, type ConditionalAccessPolicy } from '@aml-auth/rbac';

/** A policy as it is printed: with how it reaches Azure Machine Learning and what it wants, in words. */
export interface PolicyView extends Omit<ConditionalAccessPolicy, 'raw'> {
  readonly reach: ReturnType<typeof policyReach>;
  readonly wants: string;
}

/** A {@link PolicyView}. */
export function policyView({ raw: _raw, ...policy }: ConditionalAccessPolicy): PolicyView {
  const whole = { ...policy, raw: _raw };
  return { ...policy, reach: policyReach(whole), wants: demandsOf(whole) };
}
