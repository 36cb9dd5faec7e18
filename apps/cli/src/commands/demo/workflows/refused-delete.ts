import { MACHINE_LEARNING_API_VERSION } from '@aml-auth/rest';
import { explained, refusalOf } from '../refusal-of.js';
import { defineWorkflow } from '../workflow.js';

interface Facts {
  readonly status: number | undefined;
  readonly armCode: string | undefined;
  readonly why: readonly string[];
}

/** A delete is refused, and explained from the tenant's own roles and assignments. */
export const refusedDelete = defineWorkflow<Facts>({
  name: 'refused-delete',
  title: {
    en: 'What the role does not allow is refused, and explained',
    ko: '역할이 허용하지 않는 일은 거부되고, 이유가 나옵니다',
  },
  async run(world) {
    const { armAs, credentialOf, workspace, signal } = world;
    const apiVersion = MACHINE_LEARNING_API_VERSION;
    const request = { method: 'DELETE', path: workspace.id, apiVersion, signal } as const;
    const refusal = await refusalOf(armAs(credentialOf('trainer')).request(request), 'The delete');
    const { status, armCode } = refusal;
    return { status, armCode, why: await explained(world, refusal) };
  },
  tell: {
    en: ({ status, armCode, why }) => [
      `Deleting the workspace: status ${status ?? '?'}, ${armCode ?? 'no code'}. Why, read by an auditor:`,
      ...why,
    ],
    ko: ({ status, armCode, why }) => [
      `작업 영역 삭제: 상태 ${status ?? '?'}, ${armCode ?? '코드 없음'}. 감사자가 읽은 이유:`,
      ...why,
    ],
  },
});
