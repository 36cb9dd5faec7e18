import { leastPrivilege } from '@aml-auth/permissions';
import {
  createRoleAssignment,
  createRoleDefinition,
  deleteRoleAssignment,
  deleteRoleDefinition,
  parseRoleDefinitionDraft,
} from '@aml-auth/rbac';
import type { ArmClient } from '@aml-auth/rest';
import type { DemoWorld } from '../demo-world.js';
import { refusalOf } from '../refusal-of.js';
import { defineWorkflow, requirePromise } from '../workflow.js';

const PROVIDER = 'Microsoft.MachineLearningServices/workspaces';
const NEEDED = [`${PROVIDER}/read`, `${PROVIDER}/computes/read`];

interface Facts {
  readonly builtIn: string;
  readonly excess: number;
  readonly role: string;
  readonly actions: readonly string[];
  readonly computes: readonly string[];
  readonly refused: { readonly status: number | undefined; readonly armCode: string | undefined };
}

/** From what is needed to a role with exactly that, which works and gives nothing else. */
export const customRole = defineWorkflow<Facts>({
  name: 'custom-role',
  title: {
    en: 'A custom role gives exactly what is needed',
    ko: '사용자 지정 역할이 꼭 필요한 것만 줍니다',
  },
  async run(world) {
    const { armAs, credentialOf, emulator, workspace, signal } = world;
    const newcomer = armAs(credentialOf('newcomer'));
    await refusalOf(computesOf(world, newcomer), 'Listing computes without a role');
    const scope = workspace.id.split('/providers/')[0] ?? '';
    const { best, customRole: draft } = leastPrivilege(
      { actions: NEEDED },
      { roleName: 'Compute lister', assignableScopes: [scope] },
    );
    const admin = armAs(credentialOf('platform-admin'));
    const { role } = await createRoleDefinition(admin, { ...parseRoleDefinitionDraft(draft), signal });
    const principalId = emulator.app('newcomer').objectId;
    const target = { scope: workspace.id, principalId, roleDefinitionId: role.id };
    await createRoleAssignment(admin, { ...target, principalType: 'ServicePrincipal', signal });
    const computes = await computesOf(world, newcomer);
    const refused = await refusalOf(jobsOf(world, newcomer), 'Listing jobs');
    const deleted =
      (await deleteRoleAssignment(admin, { ...target, signal })) &&
      (await deleteRoleDefinition(admin, { scope, role: role.id, signal })) !== undefined;
    requirePromise(deleted, 'The role was not taken away again.');
    return {
      builtIn: best?.roles.map(({ roleName }) => roleName).join(' + ') ?? '',
      excess: best?.cost.excess ?? 0,
      role: role.roleName,
      actions: role.permissions.flatMap((permission) => permission.actions),
      computes,
      refused: { status: refused.status, armCode: refused.armCode },
    };
  },
  tell: {
    en: ({ builtIn, excess, role, actions, computes, refused }) => [
      `The narrowest built-in role is ${builtIn}, with ${excess} operations beyond the need.`,
      `The custom role "${role}" has ${actions.join(', ')}.`,
      `With it the computes are seen (${computes.join(', ')}), and jobs are not: ${refused.status ?? '?'} ${refused.armCode ?? ''}.`,
      'Assignment and role are deleted again.',
    ],
    ko: ({ builtIn, excess, role, actions, computes, refused }) => [
      `가장 좁은 기본 제공 역할은 ${builtIn}이고, 필요한 것보다 ${excess}개 작업이 많습니다.`,
      `사용자 지정 역할 "${role}"에는 ${actions.join(', ')}만 있습니다.`,
      `그 역할로 컴퓨팅은 보이고(${computes.join(', ')}) 작업은 보이지 않습니다(${refused.status ?? '?'} ${refused.armCode ?? ''}).`,
      '할당과 역할을 다시 지웠습니다.',
    ],
  },
});

function resourcesOf({ workspace }: DemoWorld, arm: ArmClient): ReturnType<ArmClient['workspace']> {
  const { subscriptionId, resourceGroup, name: workspaceName } = workspace;
  return arm.workspace({ subscriptionId, resourceGroup, workspaceName });
}

async function computesOf(world: DemoWorld, arm: ArmClient): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of resourcesOf(world, arm).computes.list({ signal: world.signal }))
    names.push(name);
  return names;
}

async function jobsOf(world: DemoWorld, arm: ArmClient): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of resourcesOf(world, arm).jobs.list({ signal: world.signal })) names.push(name);
  return names;
}
