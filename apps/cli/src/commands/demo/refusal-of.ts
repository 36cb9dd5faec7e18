import { isAmlAuthError, toAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import { explainError } from '@aml-auth/permissions';
import { readAccessSnapshot } from '@aml-auth/rbac';
import type { DemoWorld } from './demo-world.js';
import { named } from './named.js';
import { requirePromise } from './workflow.js';

/** What Azure refuses. Any other failure, and that it is not refused, ends the workflow. */
export async function refusalOf(attempt: Promise<unknown>, what: string): Promise<AmlAuthError> {
  const outcome: unknown = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  requirePromise(outcome !== undefined, `${what} was allowed, and must not be.`);
  if (isAmlAuthError(outcome) && outcome.code === 'AML_FORBIDDEN') return outcome;
  throw toAmlAuthError(outcome);
}

/** Why Azure refused it: an auditor with the role Reader reads the assignments, and the decision is made again offline. */
export async function explained(world: DemoWorld, refusal: AmlAuthError): Promise<readonly string[]> {
  const { armAs, credentialOf, workspace, signal } = world;
  const snapshot = await readAccessSnapshot(armAs(credentialOf('auditor')), { scope: workspace.id, signal });
  const explanation = explainError(refusal, { snapshot, maxRoles: 2 });
  requirePromise(explanation !== undefined, 'The refusal is not explained.');
  return explanation.lines.map(named(world));
}
