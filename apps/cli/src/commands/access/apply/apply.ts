import { applyAccessPlan, describeStep } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { printable } from '../../../output/printable.js';
import { startProgress } from '../../../output/progress.js';
import { confirm } from '../../../settings/confirm.js';
import { makePlan } from '../make-plan.js';
import type { AccessApplyFlags } from './command.js';

/** Runs `aml-auth access apply`. */
export async function apply(context: CliContext, flags: AccessApplyFlags, name: string): Promise<void> {
  const { signal, messages } = context;
  const { known, plan } = await makePlan(context, flags, name);
  const steps = plan.steps.map(describeStep);
  // Nothing to confirm: without steps nothing is done, and a plan with problems is refused.
  if (steps.length > 0 && plan.problems.length === 0) {
    for (const step of steps) context.process.stderr.write(`  ${printable(step)}\n`);
    await confirm(context, flags, messages.say.askApply(steps.length));
  }
  const progress = startProgress(context, messages.say.waiting());
  const applied = await applyAccessPlan(known.arm, plan, {
    graph: known.graph,
    signal,
    onStep: (step, done, total) => {
      progress.update(`${done}/${total} ${printable(describeStep(step))}`);
    },
  }).finally(progress.stop);
  const { unchanged, unmanaged } = plan;
  const result = { applied: applied.map(describeStep), unchanged, unmanaged };
  await present(context, flags, result, () => ({
    record: {
      applied: applied.length,
      unchanged,
      unmanaged: unmanaged.assignments.length + unmanaged.roles.length,
    },
  }));
}
