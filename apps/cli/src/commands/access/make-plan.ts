import { defaultScope, identityOfToken } from '@aml-auth/core';
import {
  collectAccess,
  describeStep,
  parseAccessCollection,
  parseAccessFile,
  planAccess,
  type AccessFile,
  type AccessPlan,
  type AccessState,
} from '@aml-auth/rbac';
import type { CliContext } from '../../context.js';
import { readTextFile } from '../../files/read-text-file.js';
import type { Cell } from '../../output/print-table.js';
import { startProgress } from '../../output/progress.js';
import { openClients, type OpenClients } from '../../settings/open-clients.js';
import type { SignInFlags } from '../../settings/sign-in-flags.js';

/** A plan, and who would carry it out. */
export interface MadePlan {
  readonly known: OpenClients;
  readonly plan: AccessPlan;
}

/** Reads the file, the access that is, and compares them. */
export async function makePlan(context: CliContext, flags: SignInFlags, name: string): Promise<MadePlan> {
  const text = await readTextFile(context, name, WANTED);
  const known = await openClients(context, flags);
  const { signal, messages } = context;
  const file = await parseAccessFile(text, { name, graph: known.graph, signal });
  const progress = startProgress(context, messages.say.waiting());
  const state = await collectAccess(known.arm, { scopes: file.scopes, signal }).finally(progress.stop);
  if (state.unreadable.length > 0) {
    const parts = state.unreadable.map(({ part }) => part).join(', ');
    context.process.stderr.write(`${messages.say.unreadable(parts)}\n`);
  }
  return { known, plan: planAccess(file, state, { callerId: await callerId(context, known) }) };
}

/** Compares with a collection in a file, and asks nobody. Principals must be given by object id and type. */
export async function makePlanOffline(
  context: CliContext,
  name: string,
  collection: string,
): Promise<AccessPlan> {
  const file: AccessFile = await parseAccessFile(await readTextFile(context, name, WANTED), { name });
  const state: AccessState = parseAccessCollection(
    await readTextFile(context, collection, 'Give a file of "aml-auth access collect".'),
  );
  return planAccess(file, state);
}

const WANTED = 'Give a YAML or JSON file with version, scopes, roles and assignments.';

/** A plan as it is printed: each step with its words. */
export function planView(plan: AccessPlan, drift: boolean): object {
  return { drift, ...plan, steps: plan.steps.map((step) => ({ ...step, description: describeStep(step) })) };
}

/** What people see of a plan. */
export function planRows({ steps, unmanaged, problems }: AccessPlan): {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
} {
  return {
    headings: ['change', 'detail'],
    rows: [
      ...steps.map((step) => [step.kind, describeStep(step)]),
      ...unmanaged.assignments.map(({ id }) => ['unmanaged', id]),
      ...unmanaged.roles.map(({ roleName, id }) => ['unmanaged', `${roleName} (${id})`]),
      ...problems.map(({ code, subject, message }) => [`problem: ${code}`, `${subject}: ${message}`]),
    ],
  };
}

async function callerId(
  { signal }: CliContext,
  { credential, cloud }: OpenClients,
): Promise<string | undefined> {
  const scope = defaultScope(cloud.resourceManager.audience);
  const { token } = await credential.getToken(scope, { abortSignal: signal });
  return identityOfToken(token)?.objectId;
}
