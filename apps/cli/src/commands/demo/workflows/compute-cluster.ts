import { fromManagedIdentity } from '@aml-auth/credentials';
import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import { defineWorkflow } from '../workflow.js';

interface Facts {
  readonly cluster: string;
  readonly read: WorkspaceRead;
}

/** The user-assigned identity of a cluster of Azure Machine Learning. */
export const computeCluster = defineWorkflow<Facts>({
  name: 'compute-cluster',
  title: {
    en: 'A job on a compute cluster uses its managed identity',
    ko: '컴퓨팅 클러스터의 작업이 관리 ID를 씁니다',
  },
  async run(world) {
    const { emulator, clock } = world;
    const { principalId } = emulator.identity('id-cluster');
    const { name, env } = emulator.host('aml-compute');
    const read = await readAs(world, fromManagedIdentity({ env, clock }), principalId);
    return { cluster: name, read };
  },
  tell: {
    en: ({ cluster, read }) => [
      `The job on ${cluster} found the endpoint and the client id in its environment.`,
      ...tellRead('en', read),
    ],
    ko: ({ cluster, read }) => [
      `${cluster}의 작업이 환경 변수에서 엔드포인트와 클라이언트 ID를 찾았습니다.`,
      ...tellRead('ko', read),
    ],
  },
});
