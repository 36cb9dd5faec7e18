import { fromManagedIdentity } from '@aml-auth/credentials';
import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import { defineWorkflow } from '../workflow.js';

/** The system-assigned identity of a virtual machine, by the Instance Metadata Service. */
export const virtualMachine = defineWorkflow<WorkspaceRead>({
  name: 'virtual-machine',
  title: {
    en: 'A program on a virtual machine uses its managed identity',
    ko: '가상 머신의 프로그램이 관리 ID를 씁니다',
  },
  async run(world) {
    const { env, identities } = world.emulator.host('vm');
    const credential = fromManagedIdentity({ env, clock: world.clock, metadataService: 'assume-present' });
    return readAs(world, credential, identities[0]?.principalId ?? '');
  },
  tell: {
    en: (read) => [
      'The Instance Metadata Service gave the token; there is no secret.',
      ...tellRead('en', read),
    ],
    ko: (read) => [
      '인스턴스 메타데이터 서비스가 토큰을 주었습니다. 비밀은 없습니다.',
      ...tellRead('ko', read),
    ],
  },
});
