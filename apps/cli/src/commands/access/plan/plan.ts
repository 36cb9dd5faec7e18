import { hasDrift } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { EXIT } from '../../../exit-code.js';
import { present } from '../../../output/present.js';
import { makePlan, makePlanOffline, planRows, planView } from '../make-plan.js';
import type { AccessPlanFlags } from './command.js';

/** Runs `aml-auth access plan`. */
export async function plan(context: CliContext, flags: AccessPlanFlags, name: string): Promise<void> {
  const { snapshot } = flags;
  const made =
    snapshot === undefined
      ? (await makePlan(context, flags, name)).plan
      : await makePlanOffline(context, name, snapshot);
  const drift = hasDrift(made);
  await present(context, flags, planView(made, drift), () => planRows(made));
  const { steps, unmanaged, problems } = made;
  const counts = {
    steps: steps.length,
    unmanaged: unmanaged.assignments.length + unmanaged.roles.length,
    problems: problems.length,
  };
  const { say } = context.messages;
  const isAsPlanned = !drift && problems.length === 0;
  const told = isAsPlanned ? say.asPlanned() : say.planned(counts, `aml-auth access apply ${name}`);
  if (flags.output === 'table' && flags.query === undefined) context.process.stderr.write(`${told}\n`);
  if (drift || made.problems.length > 0) context.process.exitCode = EXIT.differs;
}
