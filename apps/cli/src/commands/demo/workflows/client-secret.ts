import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import { defineWorkflow } from '../workflow.js';

/** A service principal signs in with its secret. */
export const clientSecret = defineWorkflow<WorkspaceRead>({
  name: 'client-secret',
  title: {
    en: 'A service principal signs in with a client secret',
    ko: '서비스 주체가 클라이언트 비밀로 로그인합니다',
  },
  run: (world) => readAs(world, world.credentialOf('trainer'), world.emulator.app('trainer').objectId),
  tell: { en: (read) => tellRead('en', read), ko: (read) => tellRead('ko', read) },
});
