import { resolve } from 'node:path';
import { createArmClient, explainConfig, Workspace } from '@aml-auth/rest';
import type { CliContext } from '../../../context.js';
import { EXIT } from '../../../exit-code.js';
import { present } from '../../../output/present.js';
import { signIn } from '../../../settings/sign-in.js';
import { workspaceOf } from '../../../settings/workspace-flags.js';
import type { WorkspaceConfigFlags } from './command.js';

/** Runs `aml-auth workspace config`. */
export async function config(context: CliContext, flags: WorkspaceConfigFlags, name?: string): Promise<void> {
  const path = resolve(context.cwd, flags.path ?? '.');
  if (flags.explain) {
    await explain(context, flags, path);
    return;
  }
  const known = await signIn(context, flags);
  const { credential, cloud } = known;
  const arm = createArmClient({ credential, cloud });
  const workspace = await Workspace.get(arm, workspaceOf(flags, name, known), { signal: context.signal });
  const file = await workspace.writeConfig({ path });
  context.process.stderr.write(`${context.messages.say.written(file)}\n`);
  const { subscriptionId, resourceGroup, workspaceName } = workspace;
  const record = { file, subscriptionId, resourceGroup, workspaceName };
  await present(context, flags, record, () => ({ record }));
}

async function explain(context: CliContext, flags: WorkspaceConfigFlags, path: string): Promise<void> {
  const explanation = await explainConfig({ path, env: context.process.env });
  await present(context, flags, explanation, () => ({
    headings: ['place', 'outcome', 'workspace', 'problem'],
    rows: explanation.tried.map(({ place, outcome, workspace, problem }) => [
      place,
      outcome,
      workspace?.workspaceName,
      problem,
    ]),
  }));
  if (explanation.used === undefined) context.process.exitCode = EXIT.notFound;
}
