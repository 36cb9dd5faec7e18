import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';
import { decide, explain, whatWouldAllow, type AccessProposal } from '@aml-auth/permissions';
import { readAccessSnapshot } from '@aml-auth/rbac';
import { MACHINE_LEARNING_API_VERSION } from '@aml-auth/rest';
import type { DemoStep, DemoWorld } from '../demo-step.js';

const ACTION = 'Microsoft.MachineLearningServices/workspaces/delete';

/** A delete is refused, and the decision is explained from the tenant's own roles and assignments. */
export const refusedDelete: DemoStep = {
  title: 'It tries to delete the workspace and is refused.',
  async run(world) {
    const refusal = await refusalOfDelete(world);
    return [
      `${refusal.code} (status ${refusal.status ?? 0}, ${refusal.armCode ?? 'no code'}): ${refusal.message}`,
      '',
      'Why? An auditor with the role Reader looks at the role assignments, and the decision is made again offline:',
      ...(await explanation(world)),
    ];
  },
};

async function refusalOfDelete({ armAs, workspace, signal }: DemoWorld): Promise<AmlAuthError> {
  try {
    const apiVersion = MACHINE_LEARNING_API_VERSION;
    await armAs('trainer').request({ method: 'DELETE', path: workspace.id, apiVersion, signal });
  } catch (error) {
    if (isAmlAuthError(error) && error.code === 'AML_FORBIDDEN') return error;
    throw error;
  }
  throw new AmlAuthError({
    code: 'AML_UNEXPECTED',
    message: 'The workspace was deleted by a role that may not.',
  });
}

async function explanation({ armAs, emulator, workspace, signal }: DemoWorld): Promise<string[]> {
  const scope = workspace.id;
  const snapshot = await readAccessSnapshot(armAs('auditor'), { scope, signal });
  const request = { principalId: emulator.app('trainer').objectId, action: ACTION, scope };
  const proposals = whatWouldAllow(snapshot, request);
  const named = (text: string): string =>
    text.replaceAll(scope, `workspace ${workspace.name}`).replaceAll(request.principalId, 'trainer');
  return [
    ...explain(decide(snapshot, request)).map(named),
    'What would allow it, the narrowest role first:',
    ...proposals.map(line),
    ...proposals.slice(0, 1).map(command),
  ];
}

function line({ role, grant, changesAccess }: AccessProposal): string {
  const warning = changesAccess ? '; may also hand out roles' : '';
  return `- the role "${role.roleName}" at the workspace (${grant.pattern}${warning})`;
}

/** What an administrator would type. */
function command({ role, scope, principalId, principalType = 'ServicePrincipal' }: AccessProposal): string {
  const assignee = `--assignee-object-id ${principalId} --assignee-principal-type ${principalType}`;
  return `To grant it: az role assignment create ${assignee} --role "${role.roleName}" --scope ${scope}`;
}
